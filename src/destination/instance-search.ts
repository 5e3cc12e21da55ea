import type {Asked} from '../job/ports/destination.js';
import {uidOf} from './dicom-json.js';
import {search, searchAnything, searchFault, type Found} from './qido-search.js';
import type {SignedRequests} from './signed-requests.js';

const SOP_INSTANCE_UID = '00080018';
/** The most that is asked for in one page, and what Azure allows at most. */
const PAGE = 1000;
const SMALL_PAGE = 200;
/** No server is known to cut pages shorter than this by itself. */
const SURELY_SHORT = 100;

/** Asks for the SOP Instance UIDs of one study, page by page (QIDO-RS, PS3.18 10.6). */
export class InstanceSearch {
  private page = PAGE;

  constructor(
    private readonly baseUrl: string,
    private readonly requests: SignedRequests,
  ) {}

  async ofStudy(studyUid: string, signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const present = new Set<string>();
    for (let offset = 0; ;) {
      const found = await this.ask(studyUid, offset, signal);
      if (found.kind === 'refused' && found.status === 404) {
        const fault = await this.notAnArchive(signal);
        return fault ?? {ok: true, value: present};
      }
      if (found.kind !== 'matches') return searchFault(found);
      const before = present.size;
      for (const match of found.matches) {
        const uid = uidOf(match, SOP_INSTANCE_UID);
        if (uid !== null) present.add(uid);
      }
      offset += found.matches.length;
      // A server may cut pages shorter than was asked for, or ignore the offset and begin again.
      const last = found.matches.length < Math.min(SURELY_SHORT, this.page) || present.size === before;
      if (last) return {ok: true, value: present};
    }
  }

  private async ask(studyUid: string, offset: number, signal: AbortSignal): Promise<Found> {
    const path = `${this.baseUrl}/studies/${encodeURIComponent(studyUid)}/instances`;
    const query = () => `?includefield=${SOP_INSTANCE_UID}&limit=${this.page}&offset=${offset}`;
    const found = await search(this.requests, path + query(), signal);
    if (found.kind !== 'refused' || found.status !== 400 || this.page === SMALL_PAGE) return found;
    this.page = SMALL_PAGE;
    return search(this.requests, path + query(), signal);
  }

  /**
   * 404 for a study is "I do not hold it" from an archive, and "wrong address" from anything else. Null where the
   * list of studies, which every archive has, is there.
   */
  private async notAnArchive(signal: AbortSignal): Promise<Asked<never> | null> {
    const found = await searchAnything(this.requests, this.baseUrl, signal);
    return found.kind === 'matches' ? null : searchFault(found);
  }
}
