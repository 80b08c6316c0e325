/** The window's title: whose desk, how it stands with what it depends on, the palette, language and theme. */
export { Connection } from './Connection.tsx';
export { TitleBar } from './TitleBar.tsx';
export { Update } from './Update.tsx';
