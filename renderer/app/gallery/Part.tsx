import type { ReactNode } from 'react';

/** One part, or a few that belong together, by the names they are imported by. */
export function Part({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <section className="gallery-part">
      <h2>{name}</h2>
      <div className="gallery-row">{children}</div>
    </section>
  );
}
