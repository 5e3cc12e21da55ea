import type {FolderRecord} from './folder-record.js';
import type {CheckpointStore} from './ports/checkpoint-store.js';

const PAGE = 64;

/** The planned folders in the order of their keys, read from the store page by page: memory holds one page. */
export class FolderQueue {
  private page: FolderRecord[] = [];
  private after: string | undefined;
  private exhausted = false;

  constructor(
    private readonly store: CheckpointStore,
    private readonly jobId: string,
  ) {}

  async next(): Promise<FolderRecord | null> {
    await this.fill();
    return this.page.shift() ?? null;
  }

  /** The key of the folder that `next` will give, or null at the end. */
  async peek(): Promise<string | null> {
    await this.fill();
    return this.page[0]?.order ?? null;
  }

  private async fill(): Promise<void> {
    if (this.page.length > 0 || this.exhausted) return;
    this.page = [...(await this.store.nextFolders(this.jobId, PAGE, this.after))];
    this.exhausted = this.page.length < PAGE;
    this.after = this.page.at(-1)?.order ?? this.after;
  }
}
