import { connect } from "node:net";
import { deflateSync } from "node:zlib";
import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import { cutPhoto, realFiles, realPhoto } from "@secondlook/testkit/api/real-files";

/** What one hostile request came to: its status, or that the connection was closed. */
export type Came = number | "closed";

export interface Target {
  readonly url: string;
  readonly key: string;
  /** Numbers from 0 to 1, the same for the same seed. */
  readonly chance: () => number;
}

type Attack = (target: Target) => Promise<Came>;

const BOUNDARY = "----hostile";
const MULTIPART = `multipart/form-data; boundary=${BOUNDARY}`;
const CASE = JSON.stringify(caseBody({ externalId: "hostile" }));

function part(head: string, content: string): string {
  return `--${BOUNDARY}\r\n${head}\r\n\r\n${content}\r\n`;
}
const named = (name: string, content: string): string =>
  part(`content-disposition: form-data; name="${name}"`, content);

async function post(
  { url, key }: Target,
  body: BodyInit,
  headers: Record<string, string> = {},
): Promise<Came> {
  const response = await fetch(`${url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, ...headers },
    body,
  }).catch(() => undefined);
  // Refused before its body was sent: the connection may be closed on us.
  if (response === undefined) return "closed";
  const text = await response.text().catch(() => "");
  if (response.status === 201 || response.status === 200) return response.status;
  if (!/^\{"type":"about:blank".*"detail":"[A-Z1-9/].{19,}"/su.test(text)) {
    throw new Error(`${response.status} without a sentence: ${text.slice(0, 300)}`);
  }
  return response.status;
}

const multipart = (target: Target, body: string): Promise<Came> =>
  post(target, body, { "content-type": MULTIPART });
/** A case whose JSON was changed. */
const withCase = (target: Target, text: string): Promise<Came> =>
  post(target, caseForm(text, plainFiles(caseBody({ externalId: "hostile" }))));

/** Sends bytes as they are and waits for the first line of the answer, or for the end. */
function raw(
  { url }: Target,
  bytes: string,
  options: { readonly hangUp?: true } = {},
): Promise<Came> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes, "latin1", () => {
        if (options.hangUp) socket.destroy();
      });
    });
    let said = "";
    socket.on("data", (chunk: Buffer) => {
      said += chunk.toString("latin1");
      const status = /^HTTP\/1\.1 (\d{3})/.exec(said)?.[1];
      if (status === undefined) return;
      resolve(Number(status));
      socket.destroy();
    });
    socket.on("error", () => resolve("closed"));
    socket.on("close", () => resolve("closed"));
  });
}

const head = ({ key }: Target, more: string): string =>
  `POST /v1/cases HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n${more}\r\n\r\n`;

/** A body that begins and goes on for as long as the connection; ends it. */
export function slowly(target: Target): () => void {
  const { hostname, port } = new URL(target.url);
  const socket = connect(Number(port), hostname, () => {
    socket.write(
      `${head(target, `content-type: ${MULTIPART}\r\ncontent-length: 100000000`)}--${BOUNDARY}\r\n`,
    );
  });
  socket.on("error", () => undefined);
  return () => socket.destroy();
}

/** A PNG of this size that is one colour: a few kilobytes that unfold into gigabytes. */
function pngBomb(width: number, height: number): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  return Uint8Array.from(
    Buffer.concat([
      Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.alloc(1_000_000))),
      chunk("IEND", Buffer.alloc(0)),
    ]),
  );
}

async function withPhoto(target: Target, bytes: Uint8Array<ArrayBuffer>): Promise<Came> {
  const body = caseBody({ externalId: "hostile" });
  return post(target, caseForm(body, (await realFiles(body)).set("id", bytes)));
}
const ascii = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A whole good request with some of its bytes changed. */
async function tampered(target: Target): Promise<Came> {
  const body = caseBody({ externalId: "tampered" });
  const response = new Response(caseForm(body, await realFiles(body)));
  const bytes = new Uint8Array(await response.arrayBuffer());
  // Mostly in the JSON at its beginning.
  for (let change = 0; change < 5; change += 1) {
    const span = target.chance() < 0.7 ? Math.min(2500, bytes.length) : bytes.length;
    bytes[Math.floor(target.chance() * span)] = Math.floor(target.chance() * 256);
  }
  return post(target, bytes, { "content-type": response.headers.get("content-type") ?? "" });
}

/** Every kind of hostile request, and what it may come to besides 429 and 503. */
export const ATTACKS: Readonly<Record<string, readonly [attack: Attack, ...may: Came[]]>> = {
  "bytes changed at random": [tampered, 201, 200, 400, 409, 413, 415, 422],
  "JSON as content type": [(to) => post(to, CASE, { "content-type": "application/json" }), 415],
  "no boundary": [(to) => post(to, "x", { "content-type": "multipart/form-data" }), 400],
  "two boundaries": [(to) => post(to, "x", { "content-type": `${MULTIPART}; boundary=b` }), 400],
  compressed: [
    (to) => post(to, "x", { "content-type": MULTIPART, "content-encoding": "gzip" }),
    415,
  ],
  "thousands of parts": [
    (to) => multipart(to, `${named("case", CASE)}${named("a", "").repeat(5000)}--${BOUNDARY}--`),
    413,
  ],
  "a giant part head": [
    (to) =>
      multipart(
        to,
        `${part(`content-disposition: form-data; name="case"; x="${"y".repeat(100_000)}"`, CASE)}--${BOUNDARY}--`,
      ),
    400,
  ],
  "an escape in a name": [
    (to) => multipart(to, `${named("case", CASE)}${named("\u001b]0;x\u0007", "")}--${BOUNDARY}--`),
    400,
  ],
  "a path as a name": [
    (to) =>
      multipart(to, `${named("case", CASE)}${named("../../../etc/passwd", "root")}--${BOUNDARY}--`),
    422,
  ],
  "a body that is cut off": [(to) => multipart(to, named("case", CASE)), 400],
  "lists without end": [(to) => withCase(to, `{"evidence":${"[".repeat(400_000)}`), 422],
  "values without end": [(to) => withCase(to, `{"candidates":[${"{},".repeat(200_000)}{}]}`), 422],
  "a field named twice": [(to) => withCase(to, CASE.replace("{", '{"region":"DE",')), 422],
  "a prototype": [(to) => withCase(to, CASE.replace("{", '{"__proto__":{"x":1},')), 422],
  "a number beyond numbers": [
    (to) => withCase(to, CASE.replace(/"similarity":[\d.]+/, '"similarity":1e999')),
    422,
  ],
  "a NUL in a name": [(to) => withCase(to, CASE.replace("Nguyễn", "\\u0000")), 422],
  "a lone surrogate": [(to) => withCase(to, CASE.replace("Nguyễn", "\\ud800")), 422],
  "a byte order mark": [(to) => withCase(to, `\ufeff${CASE}`), 422],
  "two megabytes of JSON": [(to) => withCase(to, `"${"x".repeat(2_000_000)}"`), 413],
  "a picture bomb": [(to) => withPhoto(to, pngBomb(60_000, 60_000)), 413, 415, 422],
  "a picture that lies about its size": [
    (to) => withPhoto(to, pngBomb(5_000, 5_000)),
    413,
    415,
    422,
  ],
  "half a photo": [async (to) => withPhoto(to, await cutPhoto(0.5)), 422],
  "an SVG": [
    (to) =>
      withPhoto(to, ascii('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')),
    415,
  ],
  "an archive": [
    (to) => withPhoto(to, ascii("PK\u0003\u0004\u0014\u0000\u0000\u0000\u0008\u0000")),
    415,
  ],
  "a page behind a photo": [
    async (to) =>
      withPhoto(
        to,
        Uint8Array.from([...(await realPhoto()), ...ascii("<html><script>1</script>")]),
      ),
    201,
    200,
    409,
    413,
    415,
    422,
  ],
  "a wrong key and a long body": [
    (to) =>
      post({ ...to, key: "wrong-key-wrong-key" }, new Uint8Array(3_000_000), {
        "content-type": MULTIPART,
      }),
    401,
    "closed",
  ],
  "an announced gigabyte": [
    (to) => raw(to, head(to, `content-type: ${MULTIPART}\r\ncontent-length: 1073741824`)),
    413,
  ],
  "two lengths": [
    (to) =>
      raw(
        to,
        `${head(to, `content-type: ${MULTIPART}\r\ncontent-length: 4\r\ntransfer-encoding: chunked`)}0\r\n\r\n`,
      ),
    400,
  ],
  "a giant request head": [(to) => raw(to, head(to, `x: ${"y".repeat(40_000)}`)), 431],
  "a broken chunk": [
    (to) =>
      raw(to, `${head(to, `content-type: ${MULTIPART}\r\ntransfer-encoding: chunked`)}zz\r\n\r\n`),
    400,
    "closed",
  ],
  "a control character in a header": [(to) => raw(to, head(to, "x: a\u0001b")), 400],
  "no HTTP": [(to) => raw(to, "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"), 400, "closed"],
  "a sender who hangs up": [
    (to) =>
      raw(
        to,
        `${head(to, `content-type: ${MULTIPART}\r\ncontent-length: 5000000`)}--${BOUNDARY}\r\n`,
        { hangUp: true },
      ),
    "closed",
  ],
};
