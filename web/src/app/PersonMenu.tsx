import type { User } from '@splitline/functions/contracts';
import { useLocation } from 'wouter';
import { initialsOf } from '../ui/format.ts';
import { Menu } from '../ui/Menu.tsx';

const roleNames = { admin: 'Administrator', manager: 'Manager', rep: 'Sales rep' } as const;

const items = [
  { id: 'profile', label: 'Profile', isDisabled: false },
  { id: 'sign-out', label: 'Sign out', isDisabled: false },
];

interface PersonMenuProps {
  readonly member: Pick<User, 'name' | 'role'>;
  readonly onSignOut: () => void;
}

/** Who is signed in, and what they can do about that. */
export function PersonMenu({ member: { name, role }, onSignOut }: PersonMenuProps) {
  const [, navigate] = useLocation();
  return (
    <Menu
      name={`${name} ${roleNames[role]}: your account`}
      className="person-menu"
      items={items}
      onSelect={(id) => (id === 'profile' ? navigate('/settings/profile') : onSignOut())}
    >
      {/* Drawn by the style: the button is called by the texts it shows. */}
      <span className="person-menu__initials" data-initials={initialsOf(name)} />
      <span className="person-menu__who">
        <span className="person-menu__name">{name}</span>{' '}
        <span className="person-menu__role">{roleNames[role]}</span>
      </span>
    </Menu>
  );
}
