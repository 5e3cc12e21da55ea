import type {Asked} from '../job/ports/destination.js';
import {uidOf, type JsonDataSet} from './dicom-json.js';
import {NOBODYS_UID, search, searchFault, type Found} from './qido-search.js';
import type {SignedRequests} from './signed-requests.js';

const STUDY_INSTANCE_UID = '0020000D';
/** UIDs of at most 64 characters: the URL stays below 2,000, which every server and proxy lets through. */
const UIDS_IN_A_LIST = 24;
/** More than one row a study: some archives have one for each patient in it. Azure allows 200. */
const ROWS_FOR_A_LIST = 100;

type Learned = 'unknown' | 'work' | 'unreliable';

/**
 * Asks which of many studies an archive holds (QIDO-RS, PS3.18 10.6), with as few requests as that archive allows.
 *
 * Not every server matches a list of UIDs, some ignore a filter that they do not know, and either looks like an
 * answer. So the way of asking is tried out on studies that the archive itself named, before it is believed.
 */
export class StudySearch {
  private lists: Learned = 'unknown';

  constructor(
    private readonly baseUrl: string,
    private readonly requests: SignedRequests,
  ) {}

  async present(asked: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const uids = [...new Set(asked)];
    if (uids.length === 0) return {ok: true, value: new Set()};
    if (uids.length > 1 && this.lists === 'unknown') {
      const known = await this.tryLists(signal);
      if (!known.ok) return known;
      if (known.value !== null) {
        const all = known.value;
        return {ok: true, value: new Set(uids.filter(uid => all.has(uid)))};
      }
    }
    return this.lists === 'work' ? this.byLists(uids, signal) : this.oneByOne(uids, signal);
  }

  /**
   * Learns whether lists work by asking for two studies that are there. Where the archive holds fewer, its
   * answer is all that it holds, and nothing is learned.
   */
  private async tryLists(signal: AbortSignal): Promise<Asked<ReadonlySet<string> | null>> {
    const first = await this.studies('limit=2', signal);
    if (first.kind === 'fault') return searchFault(first);
    // A server that refuses to be asked for just any study: then each is asked for by name.
    if (first.kind === 'refused') return {ok: true, value: null};
    const there = new Set(uidsOf(first.matches));
    if (first.matches.length < 2) return {ok: true, value: there};
    const pair = [...there].slice(0, 2);
    // Some archives have one study twice, once for each patient in it: nothing to learn from that.
    if (pair.length < 2) return {ok: true, value: null};
    const listed = await this.studies(`StudyInstanceUID=${pair.join(',')}&limit=3`, signal);
    if (listed.kind === 'fault') return searchFault(listed);
    const uids = listed.kind === 'matches' ? uidsOf(listed.matches) : [];
    // Two of two, and not because every study is given, whatever is asked for.
    const none = await this.studies(`StudyInstanceUID=${NOBODYS_UID},${NOBODYS_UID}0&limit=3`, signal);
    if (none.kind === 'fault') return searchFault(none);
    const filters = none.kind === 'matches' && none.matches.length === 0;
    this.lists =
      filters && uids.length === 2 && pair.every(uid => uids.includes(uid)) ? 'work' : 'unreliable';
    return {ok: true, value: null};
  }

  private async byLists(uids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const present = new Set<string>();
    for (let i = 0; i < uids.length; i += UIDS_IN_A_LIST) {
      const chunk = uids.slice(i, i + UIDS_IN_A_LIST);
      const query = `StudyInstanceUID=${chunk.map(encodeURIComponent).join(',')}&limit=${ROWS_FOR_A_LIST}`;
      const found = await this.studies(query, signal);
      if (found.kind !== 'matches') return searchFault(found);
      for (const uid of uidsOf(found.matches)) if (chunk.includes(uid)) present.add(uid);
    }
    return {ok: true, value: present};
  }

  private async oneByOne(uids: readonly string[], signal: AbortSignal): Promise<Asked<ReadonlySet<string>>> {
    const present = new Set<string>();
    for (const uid of uids) {
      const found = await this.studies(`StudyInstanceUID=${encodeURIComponent(uid)}&limit=2`, signal);
      if (found.kind !== 'matches') return searchFault(found);
      const answered = uidsOf(found.matches);
      if (answered.includes(uid)) present.add(uid);
      else if (answered.length > 0) {
        // The filter is ignored. A path cannot be.
        const url = `${this.baseUrl}/studies/${encodeURIComponent(uid)}/instances?limit=1`;
        const instances = await search(this.requests, url, signal);
        if (instances.kind === 'fault') return searchFault(instances);
        if (instances.kind === 'matches' && instances.matches.length > 0) present.add(uid);
      }
    }
    return {ok: true, value: present};
  }

  private studies(query: string, signal: AbortSignal): Promise<Found> {
    return search(
      this.requests,
      `${this.baseUrl}/studies?${query}&includefield=${STUDY_INSTANCE_UID}`,
      signal,
    );
  }
}

function uidsOf(matches: readonly JsonDataSet[]): string[] {
  return matches.map(match => uidOf(match, STUDY_INSTANCE_UID)).filter(uid => uid !== null);
}
