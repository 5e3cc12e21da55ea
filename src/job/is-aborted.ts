/** Asked anew after each wait: the compiler would take a property that was false once to be false for ever. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
