import type {IncomingMessage} from 'node:http';
import {FAILURE, isOutOfResources} from './failure.js';
import {badRequest, HttpFault} from './http-fault.js';
import type {Limits} from './limits.js';
import {parseMediaType} from './media-type.js';
import {MultipartParser, type MultipartEvent} from './multipart-parser.js';
import {PartSpool, type SpooledPart} from './spool.js';

/** What came of one part, in the order of arrival. */
export type ReceivedPart =
  | {readonly kind: 'whole'; readonly part: SpooledPart}
  /** It never became a file: of another type, or there was no room. */
  | {readonly kind: 'dropped'; readonly reason: number};

/** The request broke off. What had arrived whole until then is told, and thrown away. */
export class CutShortError extends Error {
  constructor(readonly received: readonly ReceivedPart[]) {
    super('The request ended before its body did.');
    this.name = 'CutShortError';
  }
}

/** Keeps account of what is coming in, over all requests. */
export interface Room {
  /** Sets bytes aside; false where the quota would be exceeded. */
  take(bytes: number): boolean;
  give(bytes: number): void;
}

export interface ReceiveOptions {
  readonly boundary: string;
  readonly folder: string;
  readonly sync: boolean;
  readonly limits: Limits;
  readonly room: Room;
}

/** How many parts may be on their way to the disk at once. */
const UNFINISHED = 32;

const tooLarge = (what: string, limit: number) =>
  new HttpFault(413, 'too-large', `${what} is larger than the limit of ${limit}.`, {Connection: 'close'});

type Current =
  {readonly kind: 'spool'; readonly spool: PartSpool} | {readonly kind: 'drop'; readonly reason: number};

/**
 * Takes the parts of a STOW-RS body to disk while they arrive. Rejects with `HttpFault` for a body that breaks the
 * syntax or a limit, and with `CutShortError` for one that breaks off; nothing is left behind then.
 */
export class PartReceiver {
  private readonly parts: Promise<ReceivedPart>[] = [];
  private current: Current | null = null;
  private currentBytes = 0;
  private taken = 0;

  constructor(private readonly options: ReceiveOptions) {}

  async receive(request: IncomingMessage): Promise<ReceivedPart[]> {
    const {boundary, limits} = this.options;
    const parser = new MultipartParser(boundary, limits.partHeaderBytes);
    let total = 0;
    try {
      for await (const chunk of request.iterator({destroyOnReturn: false})) {
        const bytes = chunk as Buffer;
        total += bytes.length;
        if (total > limits.requestBytes) throw tooLarge('The request', limits.requestBytes);
        for (const event of parser.push(bytes)) await this.take(event);
      }
      for (const event of parser.finish()) await this.take(event);
      return await Promise.all(this.parts);
    } catch (error) {
      const received = await this.discardAll();
      if (error instanceof HttpFault) throw error;
      if (request.destroyed && !request.complete) throw new CutShortError(received);
      throw error;
    }
  }

  /** Gives back the room that was taken, when the parts are stored or gone. */
  release(): void {
    this.options.room.give(this.taken);
    this.taken = 0;
  }

  private async take(event: MultipartEvent): Promise<void> {
    switch (event.kind) {
      case 'start':
        this.start(event.headers);
        return;
      case 'data':
        await this.data(event.bytes);
        return;
      case 'end':
        await this.end();
        return;
      case 'closed':
        return;
      case 'error':
        if (event.code === 'header-too-large')
          throw tooLarge('A part header', this.options.limits.partHeaderBytes);
        throw badRequest('bad-multipart', `The body is no multipart body: ${event.code}.`);
    }
  }

  private start(headers: ReadonlyMap<string, string>): void {
    const {limits, folder, sync} = this.options;
    if (this.parts.length >= limits.parts) throw tooLarge('The number of parts', limits.parts);
    const type = headers.get('content-type');
    const isDicom = type === undefined || parseMediaType(type)?.type === 'application/dicom';
    const encoded = !['', 'binary', '8bit', '7bit'].includes(
      (headers.get('content-transfer-encoding') ?? '').toLowerCase(),
    );
    this.currentBytes = 0;
    this.current =
      isDicom && !encoded
        ? {kind: 'spool', spool: new PartSpool(folder, sync)}
        : {kind: 'drop', reason: FAILURE.cannotUnderstand};
  }

  private async data(bytes: Buffer): Promise<void> {
    const {limits, room} = this.options;
    this.currentBytes += bytes.length;
    if (this.currentBytes > limits.partBytes) throw tooLarge('A part', limits.partBytes);
    if (this.current?.kind !== 'spool') return;
    const {spool} = this.current;
    if (!room.take(bytes.length)) {
      await this.drop(spool, FAILURE.outOfResources);
      return;
    }
    this.taken += bytes.length;
    try {
      await spool.write(bytes);
    } catch (error) {
      if (!isOutOfResources(error)) throw error;
      await this.drop(spool, FAILURE.outOfResources);
    }
  }

  private async drop(spool: PartSpool, reason: number): Promise<void> {
    this.options.room.give(Math.min(spool.size, this.taken));
    this.taken -= Math.min(spool.size, this.taken);
    await spool.discard();
    this.current = {kind: 'drop', reason};
  }

  private async end(): Promise<void> {
    const {current} = this;
    this.current = null;
    if (!current) return;
    if (current.kind === 'drop') this.parts.push(Promise.resolve({kind: 'dropped', reason: current.reason}));
    else {
      const finished = finish(current.spool);
      // Its failure is met where the parts are awaited.
      finished.catch(() => undefined);
      this.parts.push(finished);
    }
    const oldest = this.parts[this.parts.length - UNFINISHED];
    if (oldest) await oldest;
  }

  private async discardAll(): Promise<ReceivedPart[]> {
    if (this.current?.kind === 'spool') await this.current.spool.discard();
    const settled = await Promise.allSettled(this.parts);
    const received = settled.flatMap(s => (s.status === 'fulfilled' ? [s.value] : []));
    for (const entry of received) if (entry.kind === 'whole') await PartSpool.remove(entry.part.temporary);
    return received;
  }
}

async function finish(spool: PartSpool): Promise<ReceivedPart> {
  try {
    return {kind: 'whole', part: await spool.finish()};
  } catch (error) {
    if (isOutOfResources(error)) return {kind: 'dropped', reason: FAILURE.outOfResources};
    throw error;
  }
}
