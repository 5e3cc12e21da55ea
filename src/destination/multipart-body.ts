/** A request body of type `multipart/related` (RFC 2387), with the content type that names its boundary. */
export interface MultipartBody {
  readonly body: Blob;
  readonly contentType: string;
}

/**
 * Wraps files for STOW-RS (PS3.18 10.5.1). The Blob refers to the files; nothing is read until it is sent.
 *
 * Lines end with CRLF and each part has the bare type `application/dicom`: with anything else some servers
 * answer 200 and store nothing. The boundary has 128 random bits, because servers search the raw bytes for it.
 */
export function multipartBody(files: readonly Blob[]): MultipartBody {
  const boundary = Array.from(crypto.getRandomValues(new Uint8Array(16)), byte =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const head = `--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`;
  const parts = files.flatMap((file, i) => [i === 0 ? head : `\r\n${head}`, file]);
  return {
    body: new Blob([...parts, `\r\n--${boundary}--\r\n`]),
    contentType: `multipart/related; type="application/dicom"; boundary=${boundary}`,
  };
}
