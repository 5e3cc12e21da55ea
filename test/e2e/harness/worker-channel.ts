import type {CDPSession} from 'playwright-core';

type Params = Readonly<Record<string, unknown>>;

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Params;
  readonly result?: Params;
  readonly error?: {readonly message: string};
}

/**
 * The way to the debugger of one worker. Messages are wrapped in those of the parent, so that the workers of workers
 * are reached too.
 */
export class WorkerChannel {
  readonly children = new Map<string, WorkerChannel>();
  private readonly waiting = new Map<number, (answer: Message) => void>();
  private nextId = 1;

  constructor(
    readonly name: string,
    private readonly post: (message: string) => Promise<unknown>,
  ) {}

  /** Resolves to null where the worker is gone before it answers. */
  async send(method: string, params: Params = {}): Promise<Params | null> {
    const id = this.nextId++;
    const answer = new Promise<Message>(resolve => this.waiting.set(id, resolve));
    try {
      await this.post(JSON.stringify({id, method, params}));
    } catch (error) {
      // A worker that ended has no session any more; anything else is a fault of the harness.
      if (error instanceof Error && /session|target/i.test(error.message)) return null;
      throw error;
    }
    return (await answer).result ?? null;
  }

  receive(message: Message): void {
    if (message.id !== undefined) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    } else if (message.method !== undefined) {
      hearOfWorkers(this, message.method, message.params ?? {});
    }
  }

  /** Ends all that waits for an answer, since none will come. */
  close(): void {
    for (const resolve of this.waiting.values()) resolve({});
    this.waiting.clear();
    for (const child of this.children.values()) child.close();
    this.children.clear();
  }
}

interface Parent {
  readonly children: Map<string, WorkerChannel>;
  send(method: string, params?: Params): Promise<unknown>;
}

const AUTO_ATTACH = {autoAttach: true, waitForDebuggerOnStart: false, flatten: false};

function hearOfWorkers(parent: Parent, method: string, params: Params): void {
  const {sessionId} = params;
  if (typeof sessionId !== 'string') return;
  const child = parent.children.get(sessionId);
  if (method === 'Target.attachedToTarget') {
    const {targetInfo} = params as {targetInfo?: {readonly url?: string; readonly type?: string}};
    const name = targetInfo?.url?.split('/').at(-1) || (targetInfo?.type ?? 'worker');
    const made = new WorkerChannel(name, message =>
      parent.send('Target.sendMessageToTarget', {sessionId, message}),
    );
    parent.children.set(sessionId, made);
    void made.send('Target.setAutoAttach', AUTO_ATTACH);
  } else if (method === 'Target.detachedFromTarget') {
    child?.close();
    parent.children.delete(sessionId);
  } else if (method === 'Target.receivedMessageFromTarget' && typeof params.message === 'string') {
    child?.receive(JSON.parse(params.message) as Message);
  }
}

/** The workers of a page, and theirs, from now on. */
export async function watchWorkers(session: CDPSession): Promise<ReadonlyMap<string, WorkerChannel>> {
  const children = new Map<string, WorkerChannel>();
  const root: Parent = {
    children,
    send: (method, params) => session.send(method as 'Target.sendMessageToTarget', params as never),
  };
  for (const event of [
    'Target.attachedToTarget',
    'Target.detachedFromTarget',
    'Target.receivedMessageFromTarget',
  ] as const) {
    session.on(event, (params: object) => hearOfWorkers(root, event, params as Params));
  }
  await session.send('Target.setAutoAttach', AUTO_ATTACH);
  return children;
}
