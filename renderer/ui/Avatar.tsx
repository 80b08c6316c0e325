import { UserRound } from 'lucide-react';
import { classes } from './tone.ts';
import './avatar.css';

/** Initials of a Latin name, the first character of a Chinese one, a silhouette for somebody unknown. */
export function Avatar({ name, size = 'normal' }: { readonly name: string | null; readonly size?: 'small' | 'normal' | 'large' }) {
  return (
    <span className={classes('avatar', size !== 'normal' && `avatar-${size}`)} aria-hidden="true">
      {name ? initialsOf(name) : <UserRound className="icon icon-large" />}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  if (/^\p{Script=Han}/u.test(first)) return [...first][0] ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase();
}
