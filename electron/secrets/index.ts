/**
 * Secrets of the page, sealed by the key store of the operating system (Keychain, DPAPI, Secret Service) and kept in one file.
 *
 * Two things to know: where there is no such store, nothing is written at all, and whoever asked is told; and what cannot be opened any more is
 * forgotten, because it never can again.
 */
export { SecretStore, type SecretStoreOptions } from './secret-store.ts';
