import { Phone } from 'lucide-react';
import { createContext, useContext } from 'react';

/** Whether numbers can be called from this screen; where they cannot, they are plain text. */
export const TelLinksActive = createContext(true);

/** A telephone number that can be called. What happens to `tel:` links is the page's to say. */
export function TelLink({ number, text, label }: { readonly number: string; readonly text: string; readonly label: string }) {
  if (!useContext(TelLinksActive)) return <span>{text}</span>;
  return (
    <a className="tel-link" href={`tel:${number}`} aria-label={label} data-tip={label}>
      <span>{text}</span>
      <Phone className="icon icon-small" aria-hidden="true" />
    </a>
  );
}
