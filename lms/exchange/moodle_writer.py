"""Moodle XML as Moodle writes it itself."""

from collections.abc import Callable
from html import escape
from xml.sax.saxutils import quoteattr

from lms.exchange.cloze_writer import cloze_of
from lms.exchange.gift_writer import number_of, pairs_of, places_name, plain
from lms.exchange.outgoing import CannotWrite, Outgoing
from lms.exchange.shares import option_shares, percent
from lms.exchange.xml_reading import NOT_XML
from lms.formats import LANGUAGES

_GRADING = {"exact": "ALL_OR_NOTHING", "position": "ABSOLUTE_POSITION", "adjacent": "RELATIVE_NEXT_EXCLUDE_LAST"}
_COMBINED = (("correctfeedback", "right"), ("partiallycorrectfeedback", "partly"), ("incorrectfeedback", "wrong"))


def write_moodle(out: Outgoing) -> str:
    """A <question>. Raises CannotWrite for types that Moodle's core has not."""
    found = _WRITERS.get(out.kind)
    if found is None:
        raise CannotWrite("format_cannot")
    kind, write = found
    prompt = cloze_of(out) if kind == "cloze" else out.html("prompt")
    answers = write(out)
    return (
        f'  <question type="{kind}">\n'
        f"    <name>{text(out.name())}</name>\n"
        f'    <questiontext format="html">{text(prompt)}</questiontext>\n'
        f'    <generalfeedback format="html">{text("")}</generalfeedback>\n'
        f"    <defaultgrade>{plain(float(out.question.get('mark', 1)))}</defaultgrade>\n"
        "    <penalty>0</penalty>\n    <hidden>0</hidden>\n"
        f"    <idnumber>{escape(str(out.question['id'])[:100])}</idnumber>\n"
        f"{answers}{_tags(out)}  </question>\n"
    )


def text(said: str) -> str:
    """A <text>, in CDATA where it holds what XML would have escaped."""
    clean = NOT_XML.sub("", said)
    if not set(clean) & set("<>&"):
        return f"<text>{clean}</text>"
    return f"<text><![CDATA[{clean.replace(']]>', ']]]]><![CDATA[>')}]]></text>"


def _tags(out: Outgoing) -> str:
    if not out.tags:
        return ""
    return "    <tags>\n" + "".join(f"      <tag>{text(tag)}</tag>\n" for tag in out.tags) + "    </tags>\n"


def _answer(out: Outgoing, share: str, said: str, feedback: str, form: str = "html", more: str = "") -> str:
    """An <answer>; `feedback` is the key of the feedback on it."""
    shown = out.html("feedback", feedback) if feedback else ""
    return (
        f'    <answer fraction="{share}" format="{form}"{more}>\n      {text(said)}\n'
        f'      <feedback format="html">{text(shown)}</feedback>\n'
    )


def _closed(answer: str) -> str:
    return answer + "    </answer>\n"


def _choices(out: Outgoing, shares: dict[str, float], *, single: bool) -> str:
    answers = [
        _closed(_answer(out, percent(out, share), out.html("options", option), option))
        for option, share in shares.items()
    ]
    head = f"    <single>{'true' if single else 'false'}</single>\n    <shuffleanswers>true</shuffleanswers>\n"
    return f"{head}    <answernumbering>abc</answernumbering>\n{_combined(out, with_texts=False)}{''.join(answers)}"


def _combined(out: Outgoing, *, with_texts: bool = True) -> str:
    return "".join(
        f'    <{name} format="html">{text(out.html("feedback", key) if with_texts else "")}</{name}>\n'
        for name, key in _COMBINED
    )


def _single(out: Outgoing) -> str:
    shares = {option: float(option in out.scoring["correct"]) for option in out.structure["options"]}
    return _choices(out, shares, single=True)


def _several(out: Outgoing) -> str:
    return _choices(out, option_shares(out), single=False)


def _statement(out: Outgoing) -> str:
    right = out.scoring["correct"]
    return "".join(
        _closed(_answer(out, "100" if side in right else "0", side, side, "moodle_auto_format"))
        for side in ("true", "false")
    )


def _spellings(out: Outgoing) -> str:
    rules = out.scoring["accepted"]
    mode = out.mode({rules[key].get("mode", "folded") for key in rules})
    answers = [_spelled(out, key, percent(out, rules[key]["share"])) for key in out.structure["accepted"]]
    if out.said("feedback", "other"):
        answers.append(_closed(_answer(out, "0", "*", "other", "moodle_auto_format")))
    return f"    <usecase>{int(mode == 'exact')}</usecase>\n{''.join(answers)}"


def _spelled(out: Outgoing, key: str, share: str) -> str:
    """Each accepted word; Moodle passes over the attribute that says its language."""
    return "".join(
        _closed(_answer(out, share, word.replace("*", "\\*"), key, "moodle_auto_format", f' xml:lang="{code}"'))
        for code, words in out.said("accepted", key).items()
        for word in words
    )


def _number(out: Outgoing) -> str:
    answer, tolerance = number_of(out)
    right = _answer(out, "100", plain(answer), "right", "moodle_auto_format")
    answers = _closed(f"{right}      <tolerance>{plain(tolerance)}</tolerance>\n")
    if out.said("feedback", "wrong"):
        wrong = _answer(out, "0", "*", "wrong", "moodle_auto_format")
        answers += _closed(f"{wrong}      <tolerance>0</tolerance>\n")
    return answers + _units(out)


def _units(out: Outgoing) -> str:
    """Units that are only shown: each language's name for the one unit, which may be typed or left out."""
    units = {code: out.said("unit")[code] for code in LANGUAGES if code in out.said("unit")}
    if not units:
        return ""
    rows = "".join(
        f"      <unit xml:lang={quoteattr(code)}>\n        <multiplier>1</multiplier>\n"
        f"        <unit_name>{escape(name)}</unit_name>\n      </unit>\n"
        for code, name in units.items()
    )
    return (
        f"    <units>\n{rows}    </units>\n    <unitgradingtype>0</unitgradingtype>\n"
        "    <unitpenalty>0</unitpenalty>\n    <showunits>0</showunits>\n    <unitsleft>0</unitsleft>\n"
    )


def _pairs(out: Outgoing) -> str:
    name = places_name(out)
    rows = "".join(
        f'    <subquestion format="html">\n      {text(out.html("items", item) if item else "")}\n'
        f"      <answer>{text(out.words(name, place))}</answer>\n    </subquestion>\n"
        for item, place in pairs_of(out)
    )
    out.leave_feedback("right", "partly", "wrong")
    return f"    <shuffleanswers>true</shuffleanswers>\n{_combined(out)}{rows}"


def _ordering(out: Outgoing) -> str:
    order = out.scoring["order"]
    rows = "".join(
        f'    <answer fraction="{at}" format="html">\n      {text(out.html("items", key))}\n    </answer>\n'
        for at, key in enumerate(order, 1)
    )
    grading = _GRADING[out.scoring.get("credit", "position")]
    return (
        f"    <layouttype>VERTICAL</layouttype>\n    <selecttype>ALL</selecttype>\n    <selectcount>{len(order)}"
        f"</selectcount>\n    <gradingtype>{grading}</gradingtype>\n    <showgrading>SHOW</showgrading>\n"
        f"    <numberingstyle>none</numberingstyle>\n{_combined(out)}{rows}"
    )


def _essay(out: Outgoing) -> str:
    if out.structure or out.scoring:
        out.note("template_left_out")
    return (
        "    <responseformat>editor</responseformat>\n    <responserequired>1</responserequired>\n"
        "    <responsefieldlines>15</responsefieldlines>\n    <attachments>0</attachments>\n"
        "    <attachmentsrequired>0</attachmentsrequired>\n"
        f'    <graderinfo format="html">{text("")}</graderinfo>\n'
        f'    <responsetemplate format="html">{text("")}</responsetemplate>\n'
    )


_WRITERS: dict[str, tuple[str, Callable[[Outgoing], str]]] = {
    "single_choice": ("multichoice", _single),
    "multiple_choice": ("multichoice", _several),
    "true_false": ("truefalse", _statement),
    "short_text": ("shortanswer", _spellings),
    "numeric": ("numerical", _number),
    "matching": ("matching", _pairs),
    "categorise": ("matching", _pairs),
    "ordering": ("ordering", _ordering),
    "gap_fill": ("cloze", lambda out: ""),
    "essay": ("essay", _essay),
}
