/** The window's title: whose desk, how well it is connected, the palette, language and theme. */
export { TitleBar } from './TitleBar.tsx';
