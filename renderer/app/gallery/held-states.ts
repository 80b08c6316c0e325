const held = { ':hover': 'as-hover', ':active': 'as-pressed', ':focus-visible': 'as-focus' } as const;

/**
 * What a pointer or the keyboard does to a part, held still to be looked at: every rule for hover, press and focus also for the classes
 * `as-hover`, `as-pressed` and `as-focus`. Returns what takes the rules away again.
 */
export function holdStates(page: Document): () => void {
  const rules = [...page.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSStyleRule)
    .filter(({ selectorText }) => Object.keys(held).some((state) => selectorText.includes(state)))
    .map(({ selectorText, style }) => {
      const selector = Object.entries(held).reduce((text, [state, name]) => text.replaceAll(state, `.${name}`), selectorText);
      return `${selector} { ${style.cssText} }`;
    });
  const element = new CSSStyleSheet();
  element.replaceSync(rules.join('\n'));
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, element];
  return () => {
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((each) => each !== element);
  };
}
