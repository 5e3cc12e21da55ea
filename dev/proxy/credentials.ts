/**
 * The Authorization header for the PACS, from `PACS_TOKEN` (bearer) or `PACS_USER` and `PACS_PASSWORD` (basic); null
 * where neither is set.
 */
export function credentialsFrom(env: NodeJS.ProcessEnv): string | null {
  const {PACS_TOKEN: token, PACS_USER: user, PACS_PASSWORD: password = ''} = env;
  if (token !== undefined && token !== '') return `Bearer ${token}`;
  if (user === undefined || user === '') return null;
  return `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}`;
}
