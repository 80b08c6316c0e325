import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { ariaShortcut } from './action.ts';
import { Kbd } from './Kbd.tsx';
import { tipOf } from './tip-of.ts';
import { classes } from './tone.ts';
import './button.css';

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly kind?: 'plain' | 'primary' | 'answer' | 'end' | 'quiet';
  readonly size?: 'small' | 'normal' | 'tall';
  readonly icon?: LucideIcon;
  readonly shortcut?: string | null;
  readonly children: ReactNode;
}

/** Normal, hover, pressed, focus, off. One primary button on a screen. */
export function Button({
  kind = 'plain',
  size = 'normal',
  icon: Icon,
  shortcut,
  children,
  className,
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button
      type={type}
      className={classes('button', `button-${kind}`, size !== 'normal' && `button-${size}`, className)}
      aria-keyshortcuts={shortcut ? ariaShortcut(shortcut) : undefined}
      {...rest}
    >
      {Icon ? <Icon className="icon" aria-hidden="true" /> : null}
      <span>{children}</span>
      {shortcut ? <Kbd keys={shortcut} /> : null}
    </button>
  );
}

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon;
  /** What it does, for those who cannot see the icon and for its tip. */
  readonly label: string;
  /** There is no room for it on the button; it stands in the tip. */
  readonly shortcut?: string | null;
}

export function IconButton({ icon: Icon, label, shortcut, className, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button type={type} className={classes('icon-button', className)} aria-label={label} {...tipOf(label, shortcut)} {...rest}>
      <Icon className="icon" aria-hidden="true" />
    </button>
  );
}
