import {isAborted} from './is-aborted.js';
import {decide} from './decide.js';
import type {Duplicates} from './duplicates.js';
import type {EngineLimits} from './engine-limits.js';
import {FolderQueue} from './folder-queue.js';
import type {FolderRecord} from './folder-record.js';
import type {Holdings} from './holdings.js';
import type {InFlightRecovery} from './in-flight-recovery.js';
import type {Item} from './item.js';
import type {Ledger, Settlement} from './ledger.js';
import {readFiles, type ReadFile} from './open-files.js';
import {studyKey, studyKeyOf} from './order-key.js';
import type {Outage} from './outage.js';
import type {CheckpointStore, FileInFlight} from './ports/checkpoint-store.js';
import type {HeaderReader} from './ports/header-reader.js';
import type {Source, SourceFile} from './ports/source.js';

export interface ItemStreamDeps {
  readonly source: Source;
  readonly store: CheckpointStore;
  readonly reader: HeaderReader;
  readonly holdings: Holdings;
  readonly duplicates: Duplicates;
  readonly recovery: InFlightRecovery;
  readonly ledger: Ledger;
  readonly outage: Outage;
  readonly limits: EngineLimits;
  readonly signal: AbortSignal;
  /** Bounds the folders that are open at a time. */
  readonly room: FolderRoom;
}

/** Room for open folders. `wait` resolves when there is some, or when the job was stopped. */
export interface FolderRoom {
  isFull(): boolean;
  wait(): Promise<void>;
}

/** Files of older studies met in a folder of mixed dates, kept until it is their turn. */
interface Deferred {
  readonly key: string;
  readonly items: readonly Item[];
}

/**
 * Takes folder after folder, newest study first, reads every header, decides on each file and gives out those that
 * are to be sent. A folder that proves mixed gives its newest study; what is older than the next folder in line waits
 * for its turn. Files that are not to be sent are settled on the way.
 */
export class ItemStream {
  private readonly queue: FolderQueue;
  private deferred: Deferred[] = [];
  private deferredFiles = 0;

  constructor(private readonly deps: ItemStreamDeps) {
    this.queue = new FolderQueue(deps.store, deps.ledger.record.id);
  }

  async *items(): AsyncGenerator<Item> {
    const {signal} = this.deps;
    while (!isAborted(signal)) {
      const next = await this.queue.peek();
      const deferred = this.deferred[0];
      // A folder stays open while files of it are deferred: without room, they go before their turn.
      const isDue = next === null || (deferred?.key ?? '') <= studyKeyOf(next) || this.deps.room.isFull();
      if (deferred !== undefined && isDue) {
        this.deferred.shift();
        this.deferredFiles -= deferred.items.length;
        yield* deferred.items;
        continue;
      }
      await this.deps.room.wait();
      const folder = await this.queue.next();
      if (folder === null || isAborted(signal)) return;
      yield* this.folder(folder);
    }
  }

  private async *folder(folder: FolderRecord): AsyncGenerator<Item> {
    const {store, ledger, limits, signal} = this.deps;
    const files = await this.list(folder);
    if (files === null || isAborted(signal)) return;
    const settled = await store.settledFiles(folder.jobId, folder.path);
    const names = new Set(settled.map(file => file.name));
    // A folder that was given up as a whole before a crash stays so.
    const remaining = names.has('') ? [] : files.filter(file => !names.has(file.name));
    await ledger.openFolder(folder, settled, remaining.length);
    for (let at = 0; at < remaining.length && !isAborted(signal); at += limits.folderWindow) {
      yield* this.window(folder, remaining.slice(at, at + limits.folderWindow));
    }
  }

  /** The folder's files, or null where it failed as a whole (or the job was stopped). */
  private async list(folder: FolderRecord): Promise<readonly SourceFile[] | null> {
    const {source, ledger, outage, signal} = this.deps;
    while (!isAborted(signal)) {
      await outage.over();
      const listing = await source.list(folder.path, signal);
      if (isAborted(signal)) return null;
      if (listing.ok) return listing.files;
      if (await outage.mediumMissing()) continue;
      const settled = await this.deps.store.settledFiles(folder.jobId, folder.path);
      const isGivenUp = settled.some(file => file.name === '');
      await ledger.openFolder(folder, settled, isGivenUp ? 0 : 1);
      if (isGivenUp) return null;
      await ledger.settle([
        {
          folder: folder.path,
          name: '',
          outcome: {kind: 'failed', reason: 'folder-unreadable'},
          bytes: 0,
          header: null,
        },
      ]);
      return null;
    }
    return null;
  }

  /** Reads a window of files; gives out the folder's expected study while reading on, the others in their order. */
  private async *window(folder: FolderRecord, files: readonly SourceFile[]): AsyncGenerator<Item> {
    const {limits, signal} = this.deps;
    const expected = studyKeyOf(folder.order);
    const others = new Map<string, Item[]>();
    for (let at = 0; at < files.length; at += limits.readChunk) {
      const items = await this.read(folder, files.slice(at, at + limits.readChunk));
      if (isAborted(signal)) return;
      for (const item of items) {
        const {orderDate, studyInstanceUid} = item.header;
        const key = studyKey(orderDate?.date ?? null, studyInstanceUid);
        if (key === expected) yield item;
        else if (others.has(key)) others.get(key)?.push(item);
        else others.set(key, [item]);
      }
    }
    const next = await this.queue.peek();
    for (const [key, items] of [...others].sort(([a], [b]) => (a < b ? -1 : 1))) {
      const isOlder = (next !== null && key > studyKeyOf(next)) || key > (this.deferred[0]?.key ?? key);
      if (isOlder && this.deferredFiles + items.length <= limits.folderWindow) this.defer({key, items});
      else yield* items;
    }
  }

  private defer(group: Deferred): void {
    this.deferred.push(group);
    this.deferred.sort((a, b) => (a.key < b.key ? -1 : 1));
    this.deferredFiles += group.items.length;
  }

  /** Reads and decides; settles what is not to be sent. */
  private async read(folder: FolderRecord, files: readonly SourceFile[]): Promise<readonly Item[]> {
    const {reader, holdings, ledger, outage, signal} = this.deps;
    const read = await readFiles(files, reader, outage, signal);
    if (isAborted(signal)) return [];
    const settlements: Settlement[] = [];
    const candidates: Item[] = [];
    for (const each of read) this.sortOut(folder.path, each, candidates, settlements);
    if (ledger.record.options.skipExisting) {
      await holdings.learn(candidates.map(item => item.header.studyInstanceUid));
      if (isAborted(signal)) return [];
    }
    const items = candidates.filter(item => {
      const there = this.alreadyThere(item);
      if (there === 'yes') settlements.push(settlementOf(item, {kind: 'already-there'}));
      return there === 'no';
    });
    if (settlements.length > 0) await ledger.settle(settlements);
    return items;
  }

  private sortOut(path: string, each: ReadFile, candidates: Item[], settlements: Settlement[]): void {
    const {recovery, ledger, limits} = this.deps;
    const name = each.file.name;
    const recovered = recovery.get(path, name);
    if (recovered?.landed === true && !isAnother(each, recovered.file)) {
      const {studyUid, sopUid} = recovered.file;
      const header = {studyInstanceUid: studyUid, sopInstanceUid: sopUid};
      const bytes = each.kind === 'read' ? each.content.size : 0;
      settlements.push({folder: path, name, outcome: {kind: 'stored'}, bytes, header});
      return;
    }
    if (each.kind === 'fault') {
      const reason = each.fault === 'permission' ? 'unreadable' : each.fault;
      settlements.push({folder: path, name, outcome: {kind: 'failed', reason}, bytes: 0, header: null});
      return;
    }
    if ((recovered?.file.deaths ?? 0) >= limits.deathsAllowed) {
      const header = each.reading.kind === 'instance' ? each.reading.header : null;
      const outcome = {kind: 'failed', reason: 'stops-the-archive'} as const;
      settlements.push({folder: path, name, outcome, bytes: each.content.size, header});
      return;
    }
    const decision = decide(each.reading, ledger.record.options);
    if (decision.kind === 'settle') {
      const {outcome, header} = decision;
      settlements.push({folder: path, name, outcome, bytes: each.content.size, header});
      return;
    }
    candidates.push({
      folder: path,
      file: each.file,
      content: each.content,
      header: decision.header,
      deaths: recovered?.file.deaths ?? 0,
      tries: 0,
      triesAlone: 0,
      takenBefore: 0,
    });
  }

  private alreadyThere(item: Item): 'yes' | 'no' | 'held' {
    const {holdings, duplicates, ledger} = this.deps;
    const {studyInstanceUid, sopInstanceUid} = item.header;
    if (ledger.record.options.skipExisting && holdings.holds(studyInstanceUid, sopInstanceUid)) return 'yes';
    const admitted = duplicates.admit(item);
    return admitted === 'send' ? 'no' : admitted === 'held' ? 'held' : 'yes';
  }
}

/** The file was replaced since it was sent: that the archive has the old one says nothing about it. */
function isAnother(each: ReadFile, sent: FileInFlight): boolean {
  if (each.kind !== 'read' || each.reading.kind !== 'instance') return false;
  const {studyInstanceUid, sopInstanceUid} = each.reading.header;
  return studyInstanceUid !== sent.studyUid || sopInstanceUid !== sent.sopUid;
}

export function settlementOf(item: Item, outcome: Settlement['outcome']): Settlement {
  return {folder: item.folder, name: item.file.name, outcome, bytes: item.content.size, header: item.header};
}
