/** Answers `/archive` and `/dicom-web` in place of a server; everything else is fetched as ever. */
export class FakeArchive {
  readonly requests: string[] = [];
  readonly #fetch = window.fetch.bind(window);
  answer: (url: URL) => Response | Promise<Response>;

  constructor(answer: (url: URL) => Response | Promise<Response> = url => answerAsArchive(url)) {
    this.answer = answer;
    window.fetch = async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : input, location.href);
      if (!/^\/(archive|dicom-web)\//.test(url.pathname)) return this.#fetch(input, init);
      this.requests.push(url.pathname + url.search);
      const response = await this.answer(url);
      init?.signal?.throwIfAborted();
      return response;
    };
  }

  dispose(): void {
    window.fetch = this.#fetch;
  }
}

export const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), {status});

export const INFO = {
  name: 'Radiology Archive',
  imageFolder: '/var/lib/archive/images',
  freeBytes: 4.1e12,
  capabilities: {copy: true, link: false, query: true},
};

/** The `n`th study of 250, the newest received first. */
export function fakeStudy(n: number) {
  return {
    studyInstanceUid: `1.2.${n}`,
    received: new Date(Date.UTC(2024, 10, 18) - n * 60_000).toISOString(),
    patientName: `PATIENT^${n}`,
    patientId: `ID-${n}`,
    studyDate: '20241118',
    modalities: ['CT', 'SR'],
    studyDescription: n === 0 ? '<img src=x onerror=alert(1)>' : `Study ${n}`,
    instances: 1000 + n,
  };
}

export function answerAsArchive(url: URL): Response {
  switch (url.pathname) {
    case '/archive/info':
      return json(INFO);
    case '/archive/stats':
      return json({patients: 6204, studies: 250, series: 900, instances: 811982, bytes: 1.18e12});
    case '/archive/studies': {
      const search = url.searchParams.get('search') ?? '';
      const all = Array.from({length: 250}, (_, n) => fakeStudy(n)).filter(s =>
        s.patientName.includes(search),
      );
      const offset = Number(url.searchParams.get('offset'));
      const studies = all.slice(offset, offset + Number(url.searchParams.get('limit')));
      return json({total: all.length, offset, studies});
    }
    default:
      return json([]);
  }
}
