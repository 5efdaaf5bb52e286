export {
  type Claimant,
  changeClaims,
  externalIdClaims,
  externalIdValue,
  findHolder,
  moveClaims,
  releaseClaims,
  type Wanted,
} from './claims.service.ts';
