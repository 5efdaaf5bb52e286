import { Link } from 'wouter';
import { Icon } from '../ui/Icon.tsx';

/** The organisation, and the way to where everybody begins. */
export function Brand({ name }: { readonly name: string }) {
  return (
    <Link href="/" className="brand">
      <Icon name="logo" size={22} />
      <span className="brand__name">{name}</span>
    </Link>
  );
}
