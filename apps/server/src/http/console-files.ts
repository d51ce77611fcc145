import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { randomBytes } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { pagePolicy } from "./security-headers.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};

interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly br: Buffer | undefined;
  readonly gzip: Buffer | undefined;
}

/** Answers a GET of the console's files or pages; undefined where the address is none of either. */
export type ConsoleFiles = (request: Request) => Response | undefined;

const PLACEHOLDER = "__CSP_NONCE__";
/** Below these no address is a page of the console. */
const NO_PAGES = [
  "/trpc",
  "/live",
  "/media",
  "/auth",
  "/v1",
  "/audit/tile",
  "/healthz",
  "/readyz",
  "/metrics",
];

/**
 * Reads the built console into memory (it is small) and serves it: hashed assets for a year, every
 * page as `index.html` with a fresh nonce, which is why that one is never cached.
 */
export async function loadConsoleFiles(folder: string): Promise<ConsoleFiles> {
  const files = new Map<string, ConsoleFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith(".")) continue;
    const path = join(entry.parentPath, entry.name);
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    const bytes = await readFile(path);
    const packs = bytes.length > 1024 && !type.startsWith("image/png") && !type.startsWith("font/");
    files.set(`/${relative(folder, path).split(sep).join("/")}`, {
      type,
      bytes,
      br: packs
        ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
        : undefined,
      gzip: packs ? gzipSync(bytes) : undefined,
    });
  }
  const index = files.get("/index.html")?.bytes.toString("utf8");
  if (index === undefined) throw new Error(`The built console has no index.html in ${folder}.`);

  return (request) => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const { pathname } = new URL(request.url);
    const file = pathname === "/index.html" ? undefined : files.get(pathname);
    if (file !== undefined) return sendFile(request, file, pathname);
    if (NO_PAGES.some((prefix) => pathname === prefix || pathname.startsWith(`${prefix}/`)))
      return undefined;
    if (extname(pathname) !== "") return undefined;
    return sendPage(index);
  };
}

function sendFile(request: Request, file: ConsoleFile, pathname: string): Response {
  const headers = new Headers({
    "content-type": file.type,
    "cache-control": pathname.startsWith("/assets/")
      ? "public, max-age=31536000, immutable"
      : "no-cache",
    vary: "accept-encoding",
  });
  const packed = (["br", "gzip"] as const).find(
    (coding) => file[coding] !== undefined && accepts(request, coding),
  );
  if (packed !== undefined) headers.set("content-encoding", packed);
  return new Response(new Uint8Array(packed === undefined ? file.bytes : (file[packed] ?? [])), {
    headers,
  });
}

/** Whether the coding is named and not refused by `q=0`. */
function accepts(request: Request, coding: string): boolean {
  return (request.headers.get("accept-encoding") ?? "").split(",").some((part) => {
    const [name, ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    return name === coding && !parameters.some((each) => /^q=0(\.0*)?$/.test(each));
  });
}

function sendPage(index: string): Response {
  const nonce = randomBytes(16).toString("base64");
  return new Response(index.replaceAll(PLACEHOLDER, nonce), {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": pagePolicy(nonce),
    },
  });
}
