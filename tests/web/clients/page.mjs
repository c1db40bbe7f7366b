// A page on another origin than the receiver's, in jsdom, and two ways for its scripts to reach the receiver.
import { JSDOM } from "jsdom";

const nodeFetch = globalThis.fetch;
const NodeFormData = globalThis.FormData;

// Node's fetch, whose bytes are those of a browser, with the origin that a browser would tell; jsdom's FormData is
// copied into Node's.
function bridge(window) {
  return async (url, { body, headers, ...request }) =>
    nodeFetch(url, {
      ...request,
      headers: { ...headers, Origin: window.location.origin },
      body: body instanceof window.FormData ? await copied(window, body) : body,
    });
}

// jsdom's XMLHttpRequest, which asks for permission first and hides answers without one, as browsers do.
function cors(window) {
  return (url, { method, headers, body }) =>
    new Promise((resolve, reject) => {
      const request = new window.XMLHttpRequest();
      request.open(method, url);
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.onload = () => resolve({ json: async () => JSON.parse(request.responseText) });
      request.onerror = () => reject(new TypeError("not allowed, or no answer"));
      request.send(body);
    });
}

/** How to reach the receiver: a function from a page to its `fetch`. */
export const WAYS = { bridge, cors };

/** An empty page, once it is loaded, whose `fetch` goes that way. */
export async function openPage(way) {
  const { window } = new JSDOM("<!doctype html><main></main>", {
    url: "http://page.example/call/",
    runScripts: "dangerously",
    pretendToBeVisual: true,
  });
  window.fetch = WAYS[way](window);
  await new Promise((resolve) => window.addEventListener("load", resolve));
  return window;
}

/** Choose a file in an input of the page, as a visitor would: scripts of a page cannot. */
export function chooseFile(window, input, { name, text }) {
  const inner = (it) => it[Object.getOwnPropertySymbols(it).find((symbol) => symbol.description === "impl")];
  inner(input.files).push(inner(new window.File([text], name)));
}

async function copied(window, data) {
  const copy = new NodeFormData();
  for (const [name, value] of data)
    if (value instanceof window.File) copy.append(name, new Blob([await bytesOf(window, value)]), value.name);
    else copy.append(name, value);
  return copy;
}

function bytesOf(window, file) {
  return new Promise((resolve) => {
    const reader = new window.FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result));
    reader.readAsArrayBuffer(file);
  });
}
