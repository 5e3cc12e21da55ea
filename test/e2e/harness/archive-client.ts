import {createHash, randomUUID} from 'node:crypto';

/** One instance that reached the archive, as its log has it. */
export interface Receipt {
  /** Counts instances in the order of arrival. */
  readonly n: number;
  /** Counts requests. */
  readonly batch: number;
  readonly study: string;
  readonly sop: string;
  /** `stored`, `already-there`, `linked`, `refused:<code>`, or `cut` where the request broke off and nothing was kept. */
  readonly verdict: string;
}

interface LogPage {
  readonly total: number;
  readonly entries: readonly Receipt[];
}

export interface ArchivedStudy {
  readonly studyInstanceUid: string;
  readonly studyDate: string;
  readonly patientId: string;
  readonly series: number;
  readonly instances: number;
}

/** DICOM JSON (PS3.18 F.2), as far as tests read it. */
type JsonDataSet = Readonly<Record<string, {readonly Value?: readonly unknown[]} | undefined>>;

const PAGE = 500;

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const first = (set: JsonDataSet, tag: string): string => {
  const value = set[tag]?.Value?.[0];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
};

/** The parts of a multipart answer: their bytes without headers (RFC 2046 5.1). */
function partsOf(body: Buffer, contentType: string): Buffer[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) throw new Error(`no boundary in ${contentType}`);
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Buffer[] = [];
  for (let at = body.indexOf(delimiter); at >= 0;) {
    const next = body.indexOf(delimiter, at + delimiter.length);
    if (next < 0) break;
    const head = body.indexOf('\r\n\r\n', at);
    parts.push(body.subarray(head + 4, next - 2));
    at = next;
  }
  return parts;
}

/** What tests ask of the archive, over HTTP as anybody would: DICOMweb, and its own log of what arrived. */
export class ArchiveClient {
  /** `url` is that of the console and ends with a slash. */
  constructor(readonly url: string) {}

  async #json(path: string): Promise<unknown> {
    const response = await fetch(this.url + path, {
      headers: {accept: 'application/dicom+json, application/json'},
    });
    if (response.status === 204) return [];
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async #all(path: string, query: string): Promise<JsonDataSet[]> {
    const rows: JsonDataSet[] = [];
    for (;;) {
      const page = (await this.#json(`${path}?limit=${PAGE}&offset=${rows.length}${query}`)) as JsonDataSet[];
      rows.push(...page);
      if (page.length < PAGE) return rows;
    }
  }

  /** How many instances have arrived so far, those that were sent again included. */
  async received(): Promise<number> {
    return ((await this.#json('archive/log?limit=1')) as LogPage).total;
  }

  /** Everything that arrived, oldest first. */
  async log(): Promise<Receipt[]> {
    const receipts: Receipt[] = [];
    for (;;) {
      const page = (await this.#json(`archive/log?limit=10000&offset=${receipts.length}`)) as LogPage;
      receipts.push(...page.entries);
      if (page.entries.length === 0 || receipts.length >= page.total) return receipts;
    }
  }

  async studies(): Promise<ArchivedStudy[]> {
    const rows = await this.#all('dicom-web/studies', '&includefield=00201206,00201208');
    return rows.map(row => ({
      studyInstanceUid: first(row, '0020000D'),
      studyDate: first(row, '00080020'),
      patientId: first(row, '00100020'),
      series: Number(first(row, '00201206')),
      instances: Number(first(row, '00201208')),
    }));
  }

  /** SOP Instance UIDs that the archive holds of one study. */
  async instances(studyUid: string): Promise<string[]> {
    const rows = await this.#all(`dicom-web/studies/${studyUid}/instances`, '');
    return rows.map(row => first(row, '00080018'));
  }

  /** The files of a study by WADO-RS, as they are. */
  async #files(studyUid: string): Promise<Buffer[]> {
    const response = await fetch(`${this.url}dicom-web/studies/${studyUid}`, {
      headers: {accept: 'multipart/related; type="application/dicom"; transfer-syntax=*'},
    });
    if (!response.ok) throw new Error(`WADO-RS of a study: ${response.status}`);
    const body = Buffer.from(await response.arrayBuffer());
    return partsOf(body, response.headers.get('content-type') ?? '');
  }

  /** The sha256 of each instance of a study, by the SOP Instance UID of its file header. */
  async hashes(studyUid: string): Promise<Map<string, string>> {
    return new Map((await this.#files(studyUid)).map(file => [sopInstanceUidOf(file), sha256(file)]));
  }

  /** The sha256 of each instance of a study. */
  async contents(studyUid: string): Promise<string[]> {
    return (await this.#files(studyUid)).map(sha256);
  }

  /** Stores files by STOW-RS in one request; answers the HTTP status. */
  async store(files: readonly Uint8Array[]): Promise<number> {
    const boundary = randomUUID();
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const text = new TextEncoder();
    for (const file of files) {
      parts.push(
        text.encode(`--${boundary}\r\nContent-Type: application/dicom\r\n\r\n`),
        file.slice(),
        text.encode('\r\n'),
      );
    }
    parts.push(text.encode(`--${boundary}--\r\n`));
    const response = await fetch(`${this.url}dicom-web/studies`, {
      method: 'POST',
      body: new Blob(parts),
      headers: {
        'accept': 'application/dicom+json',
        'content-type': `multipart/related; type="application/dicom"; boundary=${boundary}`,
      },
    });
    await response.arrayBuffer();
    return response.status;
  }
}

/** 0002,0003 of a Part 10 file: the same UID as 0008,0018, and always explicit little endian (PS3.10 7.1). */
function sopInstanceUidOf(file: Buffer): string {
  const tag = Buffer.from([0x02, 0x00, 0x03, 0x00, 0x55, 0x49]);
  const at = file.indexOf(tag);
  if (at < 0) throw new Error('a file without 0002,0003');
  const length = file.readUInt16LE(at + 6);
  return file
    .subarray(at + 8, at + 8 + length)
    .toString('latin1')
    .replace(/[\0 ]+$/, '');
}
