export { userKind } from './users.kind.ts';
export { changeMembership, requireManagerOf } from './users.policy.ts';
export {
  countTeamPeople,
  isMemberEmail,
  listAdmins,
  listManagers,
  users,
} from './users.repository.ts';
export {
  addUser,
  changeUser,
  getOwner,
  loadMember,
  loadPrincipal,
  type NewUser,
  principalOf,
} from './users.service.ts';
