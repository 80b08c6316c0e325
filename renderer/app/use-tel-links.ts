import { useEffect } from 'react';

/** Every `tel:` link of the page is called by the desktop, whoever drew it, in place of whatever program the computer has for them. */
export function useTelLinks(dial: (number: string) => void): void {
  useEffect(() => {
    const clicked = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href^="tel:"]') : null;
      const number = link?.getAttribute('href')?.slice('tel:'.length);
      if (!number) return;
      event.preventDefault();
      dial(decodeURIComponent(number));
    };
    document.addEventListener('click', clicked);
    return () => document.removeEventListener('click', clicked);
  }, [dial]);
}
