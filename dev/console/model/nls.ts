/** Texts by key, as `manifest.nls.json` has them. */
export type NlsBundle = Readonly<Record<string, string>>;

const WHOLE_KEY = /^%([\w.-]+)%$/;

/** Files to look for, the most general first: a later one wins, key by key. The general texts are English. */
export function nlsFiles(language: string): readonly string[] {
  const [base = ''] = language.split('-');
  const languages = base === 'en' ? [] : base === language ? [base] : [base, language];
  return [
    'manifest.nls.json',
    ...languages.filter(Boolean).map(tag => `manifest.nls.${tag.toLowerCase()}.json`),
  ];
}

/**
 * The JSON value with each text that is a whole `%key%` replaced. A key that no bundle has stays as it stands, so
 * that the gap is seen.
 */
export function resolveNls(value: unknown, bundle: NlsBundle): unknown {
  if (typeof value === 'string') {
    const key = WHOLE_KEY.exec(value)?.[1];
    return key !== undefined && Object.hasOwn(bundle, key) ? bundle[key] : value;
  }
  if (Array.isArray(value)) return value.map(item => resolveNls(item, bundle));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveNls(item, bundle)]));
  }
  return value;
}
