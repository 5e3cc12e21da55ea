import {byName} from './name-order.js';

/** Endings of what lies beside images on a medium: viewers, their libraries and pages, reports, pictures. */
const NO_IMAGES =
  /\.(txt|md|csv|log|ini|inf|cfg|conf|xml|json|yaml|yml|html?|css|js|jpe?g|png|gif|bmp|ico|tiff?|svg|pdf|rtf|docx?|xlsx?|pptx?|exe|dll|msi|com|bat|cmd|sh|app|jar|class|chm|zip|gz|7z|rar|iso|avi|mp4|mov|wav|ttf|lnk|db|dat|sys|cab)$/i;

/** Files that systems leave behind, and the index of a medium, which is no instance. */
const HOUSEKEEPING = /^(\..*|thumbs\.db|desktop\.ini|dicomdir|autorun.*|readme|license|version)$/i;

/** Whether a file's name says that it is no DICOM instance. Only serves to choose samples: every file is read. */
export function looksLikeNoInstance(name: string): boolean {
  return NO_IMAGES.test(name) || HOUSEKEEPING.test(name);
}

/** Finds the first and the last by name among entries that come in any order, keeping four at most. */
export class SampleChoice<T extends {readonly name: string}> {
  readonly #likely = new FirstAndLast<T>();
  readonly #unlikely = new FirstAndLast<T>();

  meet(entry: T): void {
    (looksLikeNoInstance(entry.name) ? this.#unlikely : this.#likely).meet(entry);
  }

  /** At most two: those that look like instances where there are any. */
  samples(): readonly T[] {
    const likely = this.#likely.both();
    return likely.length > 0 ? likely : this.#unlikely.both();
  }
}

class FirstAndLast<T extends {readonly name: string}> {
  #first: T | undefined;
  #last: T | undefined;

  meet(entry: T): void {
    if (!this.#first || byName(entry, this.#first) < 0) this.#first = entry;
    if (!this.#last || byName(entry, this.#last) > 0) this.#last = entry;
  }

  both(): readonly T[] {
    if (!this.#first || !this.#last) return [];
    return this.#first === this.#last ? [this.#first] : [this.#first, this.#last];
  }
}
