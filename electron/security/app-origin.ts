import type { CustomScheme } from 'electron';

export const appScheme = 'app';
const appHost = 'crosspoint';

/** Where the page lives. */
export const appUrl = `${appScheme}://${appHost}/index.html`;
/** And that of the call strip. */
export const stripUrl = `${appScheme}://${appHost}/strip.html`;

/** As http is, but ours: a secure context with an origin, storage and fetch. */
export const privilegedScheme: CustomScheme = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true },
};

/** Whether an address belongs to our own page. (`URL.origin` is "null" for schemes that Node does not know.) */
export function isAppUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${appScheme}:` && url.host === appHost && url.username === '' && url.password === '';
}
