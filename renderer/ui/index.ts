/**
 * The parts every screen is made of, and the tokens under them. Two things to know: colours, sizes and durations exist only as tokens
 * (`tokens.css`), and a state is never told by colour alone. A part knows nothing of calls and customers; it is given words.
 *
 * The gallery shows each part in all its states, in both themes.
 */
import './tokens.css';
import './base.css';

export { AfterPaint } from './AfterPaint.tsx';
export { Avatar } from './Avatar.tsx';
export { type Action, ariaShortcut, shortcutText } from './action.ts';
export { afterPaint } from './after-paint.ts';
export { Button, IconButton } from './Button.tsx';
export { CallControl, CallSlot } from './CallControl.tsx';
export { Badge, Chip, Dot } from './Chip.tsx';
export { Dialog } from './Dialog.tsx';
export { EmptyState } from './EmptyState.tsx';
export { Field, TextArea } from './Field.tsx';
export { Halo, RingingHalo } from './Halo.tsx';
export { InPlace, type InPlaceProps } from './InPlace.tsx';
export { HangUp, Keys, PauseBars } from './icons.ts';
export { Kbd } from './Kbd.tsx';
export { Mark } from './Mark.tsx';
export { Marked } from './Marked.tsx';
export { Menu, MenuChoice, MenuGroup, MenuItem } from './Menu.tsx';
export { Bars, barsOf, Certainty, TimerRing } from './Meter.tsx';
export { boxOf, NineBox, NineBoxMini, type NineBoxPoint } from './NineBox.tsx';
export { onDemand } from './on-demand.ts';
export { PageViewer, type PageViewerProps, type PageViewerWords } from './PageViewer.tsx';
export { PaneHandle } from './PaneHandle.tsx';
export { type PointsLine, PointsList } from './PointsList.tsx';
export { Popover } from './Popover.tsx';
export type { PageSource } from './page-source.ts';
export { LazyPiece, NearEnd } from './Scroll.tsx';
export { Facts, Section } from './Section.tsx';
export { Segments } from './Segments.tsx';
export { type Choice, Select } from './Select.tsx';
export { SoundPlayer } from './SoundPlayer.tsx';
export { Legend, StackedColumns, ticksUpTo } from './StackedColumns.tsx';
export { Switch } from './Switch.tsx';
export { type Tab, Tabs } from './Tabs.tsx';
export { TelLink, TelLinksActive } from './TelLink.tsx';
export { Tick } from './Tick.tsx';
export { Path, type PathStep, Timeline, type TimelineEntry } from './Timeline.tsx';
export { Tips, TipText } from './Tips.tsx';
export { Toast, ToastStack } from './Toast.tsx';
export { tipOf } from './tip-of.ts';
export { classes, type Tone } from './tone.ts';
export { type Found, type Typed, useFound, useTyped } from './use-found.ts';
export { useKeyboardHome } from './use-keyboard-home.ts';
export { useMinute, useNow, useReading, useSecond } from './use-now.ts';
