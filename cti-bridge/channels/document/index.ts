/**
 * Documents: scanned letters, forms and faxes. They come in from folders that are watched (`DocumentFolders`), by upload, or as mail of a fax
 * gateway, and are handed on byte for byte (`Arrivals`); their pages are drawn for screens that cannot show TIFF (`DocumentPages`).
 *
 * Two things to know: what lies in a folder is moved into `taken/` only after it is stored; and no file of a stranger is decoded in this process,
 * see `pages/`.
 */
export { DocumentFolders, type DocumentFoldersParts } from './document-folders.ts';
export { DocumentPages, type DocumentPagesParts } from './pages/document-pages.ts';
