/** Characters that are gathered before they become a Blob, which the browser may keep on the disk. */
const GATHER = 4_000_000;

/** A Blob of many short texts. The heap holds a few megabytes at a time, however long the whole is. */
export async function blobOf(chunks: AsyncIterable<string>, type: string): Promise<Blob> {
  const parts: Blob[] = [];
  let gathered: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    gathered.push(chunk);
    length += chunk.length;
    if (length < GATHER) continue;
    parts.push(new Blob(gathered));
    gathered = [];
    length = 0;
  }
  return new Blob([...parts, ...gathered], {type});
}
