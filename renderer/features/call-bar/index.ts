/**
 * The call bar. Two things to know: it never moves (controls that do not apply are switched off, never removed), and it shows only what
 * the bridge said; pressing a control sends a command and the bar changes when the bridge says so.
 */
export { CallBar, type CallBarActions } from './CallBar.tsx';
