// Reads {"credential", "lists", "contexts"} from its input and says whether the credential is good. Fetches nothing.
import {readFileSync} from 'node:fs';
import {verifyCredential} from '@digitalbazaar/vc';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';

const {credential, lists, contexts} = JSON.parse(readFileSync(0, 'utf8'));

function keyOf(address) {
  const [did, name] = address.split('#');
  const publicKeyMultibase = did.slice('did:key:'.length);
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: `${did}#${publicKeyMultibase}`, type: 'Multikey', controller: did, publicKeyMultibase
  };
  return name ? method : {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did, assertionMethod: [method]
  };
}

async function documentLoader(url) {
  const document = contexts[url] ?? lists[url] ?? (url.startsWith('did:key:') ? keyOf(url) : undefined);
  if(!document) {
    throw new Error(`not at hand: ${url}`);
  }
  return {contextUrl: null, documentUrl: url, document: structuredClone(document)};
}

const suite = new DataIntegrityProof({cryptosuite});
const result = await verifyCredential({
  credential, suite, documentLoader,
  checkStatus: options => checkStatus({...options, verifyBitstringStatusListCredential: true})
});
const errors = result.error?.errors?.map(error => error.message) ?? [result.error?.message].filter(Boolean);
const revoked = result.statusResult?.results?.some(each => each.status) ?? false;
console.log(JSON.stringify({verified: result.verified, errors, revoked}));
