/** A file of a bundle. The type is what the sender says; the server looks at the content. */
export interface BundleFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * The multipart body of `POST /v1/cases`: the part `case` first, then a file for each ref. Bytes stand
 * for the part `case` as they are.
 */
export function bundleForm(body: unknown, files: ReadonlyMap<string, BundleFile>): FormData {
  const form = new FormData();
  const json = body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body);
  form.append("case", new Blob([json], { type: "application/json" }), "case.json");
  for (const [ref, file] of files) {
    form.append(
      ref,
      new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }),
      file.fileName,
    );
  }
  return form;
}
