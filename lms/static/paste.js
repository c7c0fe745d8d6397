// What is pasted from Word or the web, as the Markdown that lessons are written in: headings, lists, tables, quotations,
// links, emphasis; no styles. Pure: from HTML (or text) and a language to a text.
(() => {
  "use strict";
  const BLOCKS = new Set("P DIV SECTION ARTICLE HEADER FOOTER MAIN UL OL LI TABLE BLOCKQUOTE H1 H2 H3 H4 H5 H6 PRE DL DT DD FIGURE".split(" "));
  const SKIPPED = new Set("SCRIPT STYLE HEAD META LINK TITLE IMG SVG IFRAME OBJECT BUTTON INPUT SELECT TEXTAREA NOSCRIPT".split(" "));
  const NUMBERED = /^\s*(?:[0-9۰-۹٠-٩]+|[a-zA-Zا-ی])[.)\-]/;
  const BULLET = /^\s*(?:[·•▪◦§o\-–*]|[0-9۰-۹٠-٩]+[.)\-]|[a-zA-Zا-ی][.)])\s+/;
  const LETTERS = { fa: { "ي": "ی", "ك": "ک", "ۀ": "هٔ" }, ar: { "ی": "ي", "ک": "ك" }, en: {} };

  function clean(text, language) {
    const letters = LETTERS[language] || {};
    return text
      .normalize("NFC")
      .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad\u200b]/g, "")
      .replace(/[يكۀیک]/g, (letter) => letters[letter] || letter);
  }

  const escaped = (text) => text.replace(/([\\*`[\]])/g, "\\$1").replace(/(^|\s)_|_(?=\s|$)/g, (found) => found.replace("_", "\\_"));
  const styleOf = (node) => (node.getAttribute && node.getAttribute("data-style")) || "";
  const isHidden = (node) => SKIPPED.has(node.nodeName) || /display:\s*none|mso-hide:\s*all/i.test(styleOf(node));
  const isMarker = (node) => /mso-list:\s*ignore/i.test(styleOf(node));
  const isBlock = (node) => BLOCKS.has(node.nodeName);

  function weight(node) {
    const style = styleOf(node);
    if (/font-weight:\s*(normal|[1-4]00)/i.test(style)) return "";
    if (/font-weight:\s*(bold|[6-9]00)/i.test(style) || ["B", "STRONG"].includes(node.nodeName)) return "**";
    if (/font-style:\s*normal/i.test(style)) return "";
    return /font-style:\s*italic/i.test(style) || ["I", "EM"].includes(node.nodeName) ? "*" : "";
  }

  // White space stays outside of the marks: "**bold **next" would not be bold.
  function wrapped(mark, text) {
    const [, before, inner, after] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text);
    return inner && mark && !inner.startsWith(mark) ? before + mark + inner + mark + after : text;
  }

  function link(node, text) {
    const address = node.getAttribute("href") || "";
    if (!/^(https?:|mailto:)/i.test(address) || !text.trim()) return text;
    return `[${text.trim()}](${address.replace(/[()\s]/g, (sign) => "%" + sign.charCodeAt(0).toString(16))})`;
  }

  function inline(node) {
    if (node.nodeType === 3) return escaped(node.nodeValue.replace(/[\s\u00a0]+/g, " "));
    if (node.nodeType !== 1 || isHidden(node) || isMarker(node)) return "";
    if (node.nodeName === "BR") return "\n";
    const text = [...node.childNodes].map(inline).join("");
    return node.nodeName === "A" ? link(node, text) : wrapped(weight(node), text);
  }

  const tidy = (text) => text.replace(/[ \t]+/g, " ").replace(/ ?\n ?/g, "\n").trim();
  const atStart = (text) => text.replace(/^(#+|>|[-+]|[0-9۰-۹٠-٩]+[.)])(?=\s)/, "\\$1");

  function itemOfWord(node) {
    const level = /mso-list:\s*\S+\s+level(\d)/i.exec(styleOf(node));
    const marker = [...node.querySelectorAll("[data-style]")].find(isMarker);
    if (!level && !/MsoListParagraph/.test(node.className || "")) return null;
    const sign = marker ? marker.textContent : node.textContent;
    const text = tidy(inline(node));
    return { depth: level ? level[1] - 1 : 0, mark: NUMBERED.test(sign) ? "1." : "-", text: marker ? text : text.replace(BULLET, "") };
  }

  function list(node, depth) {
    const mark = node.nodeName === "OL" ? "1." : "-";
    return [...node.children].flatMap((item) => {
      if (["UL", "OL"].includes(item.nodeName)) return list(item, depth + 1);
      const own = [...item.childNodes].filter((child) => !["UL", "OL"].includes(child.nodeName));
      const text = tidy(own.map((child) => inline(child) + (isBlock(child) ? " " : "")).join("")).replace(/\n+/g, " ");
      const inner = [...item.children].filter((child) => ["UL", "OL"].includes(child.nodeName));
      return [`${"   ".repeat(depth)}${mark} ${text}`, ...inner.flatMap((child) => list(child, depth + 1))];
    });
  }

  function table(node) {
    const rows = [...node.querySelectorAll("tr")].map((row) =>
      [...row.cells].map((cell) => tidy(inline(cell)).replace(/\n+/g, " ").replace(/\|/g, "\\|")));
    const width = Math.max(0, ...rows.map((row) => row.length));
    if (width < 2) return rows.flat().filter(Boolean);
    const line = (row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`;
    return [[line(rows[0]), line(Array(width).fill("---")), ...rows.slice(1).map(line)].join("\n")];
  }

  function block(node) {
    const level = /^H([1-6])$/.exec(node.nodeName) || /^MsoHeading(\d)/.exec(node.className || "");
    if (["UL", "OL"].includes(node.nodeName)) return [{ item: true, text: list(node, 0).join("\n") }];
    if (node.nodeName === "TABLE") return table(node);
    if (node.nodeName === "BLOCKQUOTE") return [texts(node).join("\n\n").replace(/^/gm, "> ")];
    const item = itemOfWord(node);
    if (item) return item.text ? [{ item: true, text: `${"   ".repeat(item.depth)}${item.mark} ${item.text}` }] : [];
    if ([...node.querySelectorAll("*")].some((child) => isBlock(child))) return blocks(node);
    const text = tidy(inline(node));
    if (!text) return [];
    return [level ? `${"#".repeat(Math.min(level[1], 3))} ${text.replace(/\n+/g, " ").replace(/\*\*/g, "")}` : atStart(text)];
  }

  // Inline things that stand between blocks make a paragraph of their own.
  function blocks(node) {
    const found = [];
    let loose = "";
    const settle = () => {
      const text = tidy(loose);
      loose = "";
      if (text) found.push(...text.split(/\n{2,}/).map(atStart));
    };
    for (const child of node.childNodes) {
      if (child.nodeType === 1 && isHidden(child)) continue;
      const holds = child.nodeType === 1 && (isBlock(child) || [...child.querySelectorAll("*")].some(isBlock));
      if (!holds) {
        loose += inline(child);
        continue;
      }
      settle();
      found.push(...block(child));
    }
    settle();
    return found;
  }

  // Items of one list follow one another without an empty line.
  function texts(node) {
    const found = [];
    let open = false;
    for (const each of blocks(node)) {
      if (open && each.item) found[found.length - 1] += `\n${each.text}`;
      else found.push(each.text === undefined ? each : each.text);
      open = Boolean(each.item);
    }
    return found;
  }

  function toMarkdown(html, language) {
    // Styles are read, never applied, and nothing is run: the page's policy forbids both.
    const source = html
      .replace(/<!--[\s\S]*?-->|<style[\s\S]*?<\/style>/gi, "")
      .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\s(style|on[a-z]+)\s*=/gi, " data-$1="));
    const page = new DOMParser().parseFromString(source, "text/html");
    return clean(texts(page.body).join("\n\n"), language);
  }

  globalThis.tashbikPaste = { toMarkdown, clean };
})();
