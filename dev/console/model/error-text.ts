/** What a thrown value says, for a person; never empty. */
export function errorText(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return typeof thrown === 'string' && thrown !== '' ? thrown : 'Unknown error';
}
