import type { ReactNode } from 'react';

/** A text with the part that was typed set off, where it stands in it as typed. */
export function Marked({ text, typed }: { readonly text: string; readonly typed: string }): ReactNode {
  const wanted = typed.trim().toLowerCase();
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  if (at < 0) return text;
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  );
}
