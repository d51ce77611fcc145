/** A file of a bundle. The type is what the sender says; the server looks at the content. */
export interface BundleFile {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** The multipart body of `POST /v1/cases`: the part `case` first, then a file for each ref. */
export function bundleForm(body: unknown, files: ReadonlyMap<string, BundleFile>): FormData {
  const form = new FormData();
  form.append("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
  for (const [ref, file] of files) {
    form.append(
      ref,
      new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }),
      file.fileName,
    );
  }
  return form;
}
