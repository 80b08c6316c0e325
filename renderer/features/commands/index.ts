/** Every action in one list: the palette (Ctrl K) to find and do, the key list (Ctrl /) to learn. */
export { KeyList } from './KeyList.tsx';
export { Palette, type PaletteResult } from './Palette.tsx';
