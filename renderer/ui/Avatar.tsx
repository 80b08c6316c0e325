import { UserRound } from 'lucide-react';
import { classes } from './tone.ts';
import './avatar.css';

/** What a company is in law says nothing of its name. */
const legalForm = /^(?:ltd|limited|plc|llp|inc|llc|corp|co|gmbh|ag|kg|sarl|bv|oy)\.?$/i;

/** Initials of a Latin name, the first character of a Chinese one, a silhouette for somebody unknown. */
export function Avatar({ name, size = 'normal' }: { readonly name: string | null; readonly size?: 'small' | 'normal' | 'large' }) {
  return (
    <span className={classes('avatar', size !== 'normal' && `avatar-${size}`)} aria-hidden="true">
      {name ? initialsOf(name) : <UserRound className="icon icon-large" />}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]\S*/gu) ?? [];
  const first = words[0] ?? '';
  if (/^\p{Script=Han}/u.test(first)) return [...first][0] ?? '';
  // Of a person the last name counts, of a company the second word of what it is called by.
  const isCompany = legalForm.test(words.at(-1) ?? '');
  const last = words.length > 1 ? (words.at(isCompany && words.length > 2 ? 1 : -1) ?? '') : '';
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase();
}
