import './lift-card.css';

/** Shows a card as taken up: a likeness of it follows the finger, the card itself waits where it is. */
export function liftCard(card: HTMLElement) {
  const likeness = likenessOf(card);
  card.setAttribute('data-lifted', 'true');
  document.body.append(likeness);
  return {
    to: (x: number, y: number) => {
      likeness.style.translate = `${x}px ${y}px`;
    },
    end: () => {
      likeness.remove();
      card.removeAttribute('data-lifted');
    },
  };
}

function likenessOf(card: HTMLElement): HTMLElement {
  const { left, top, width } = card.getBoundingClientRect();
  const likeness = document.createElement('div');
  likeness.className = 'lifted-card';
  likeness.setAttribute('aria-hidden', 'true');
  likeness.inert = true;
  Object.assign(likeness.style, { left: `${left}px`, top: `${top}px`, width: `${width}px` });
  likeness.append(card.cloneNode(true));
  // There is one of each on the page.
  for (const named of likeness.querySelectorAll('[id]')) named.removeAttribute('id');
  return likeness;
}
