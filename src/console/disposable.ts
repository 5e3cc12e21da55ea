/** Something that can be taken back. `dispose` may be called more than once. */
export interface Disposable {
  dispose(): void;
}
