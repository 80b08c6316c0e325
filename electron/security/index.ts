/**
 * Electron's security checklist as code: what a page may load, reach, open and be granted. Everything not allowed here is refused.
 *
 * Two things to know: the page has one origin, `app://crosspoint`, served from our own files with a content security policy; and nothing is
 * ever opened for a page except http(s) and mailto addresses, outside, by the system; a number in a link is asked about here.
 */
export { appScheme, appUrl, isAppUrl, privilegedScheme, stripUrl } from './app-origin.ts';
export { resolveAsset, serveApp } from './app-protocol.ts';
export { contentSecurityPolicy } from './content-security-policy.ts';
export { decideNavigation, decideWindowOpen, guardContents } from './navigation.ts';
export { chooseHeadset, decideDevice, decidePermission, grantPermissions, type PermissionWish } from './permissions.ts';
export { secureWebPreferences } from './web-preferences.ts';
