package room

import (
	"context"
	"fmt"
	"slices"

	"usher/auth"
	"usher/ent"
	"usher/ent/sitepolicy"
	"usher/live"
	"usher/problem"
	"usher/text"
)

// maxDomainRules limits the rules of each of the two lists.
const maxDomainRules = 1000

var sitePolicy = "SELECT " + ent.SitePolicyColumns + " FROM " + sitepolicy.Table

// readPolicy returns the site's rules for invitations, or the defaults before anyone has set them.
func readPolicy(ctx context.Context, c *ent.Client) (*ent.SitePolicy, error) {
	stored, err := c.SitePolicy.Rows(ctx, sitePolicy)
	if err != nil {
		return nil, fmt.Errorf("read site policy: %w", err)
	}
	if len(stored) > 0 {
		return stored[0], nil
	}
	return &ent.SitePolicy{
		Invitations: true, Proof: sitepolicy.ProofNever, MoveDevices: true, BlockedDomains: []string{}, AllowedDomains: []string{},
	}, nil
}

// Get returns the site's rules for invitations. Returns problem.ErrForbidden unless the asker is an administrator.
func (s *Policy) Get(ctx context.Context, actor auth.Actor) (*ent.SitePolicy, error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	return readPolicy(ctx, s.db)
}

// SitePolicyInput changes the site's rules. Nil leaves a value as it is.
type SitePolicyInput struct {
	Invitations, RequireSignIn, MoveDevices *bool
	BlockedDomains, AllowedDomains          []string
	Proof                                   *sitepolicy.Proof
}

// Update changes the site's rules for invitations. Only administrators may do so. Returns INVALID_VALUE with the list that contains
// something other than a domain.
func (s *Policy) Update(ctx context.Context, actor auth.Actor, in SitePolicyInput) (updated *ent.SitePolicy, err error) {
	if err := s.adminOnly(ctx, actor); err != nil {
		return nil, err
	}
	err = s.log.Write(ctx, func(tx *live.Tx) error {
		if err := tx.LockSite(ctx); err != nil {
			return err
		}
		if err := stillAdmin(ctx, tx, actor); err != nil {
			return err
		}
		next, err := readPolicy(ctx, tx.Client())
		if err != nil {
			return err
		}
		assign(&next.Invitations, in.Invitations)
		assign(&next.RequireSignIn, in.RequireSignIn)
		assign(&next.MoveDevices, in.MoveDevices)
		assign(&next.Proof, in.Proof)
		if err := assignRules(&next.BlockedDomains, in.BlockedDomains, "blockedDomains"); err != nil {
			return err
		}
		if err := assignRules(&next.AllowedDomains, in.AllowedDomains, "allowedDomains"); err != nil {
			return err
		}
		if next.ID == 0 {
			updated, err = tx.SitePolicy.Create().SetInvitations(next.Invitations).SetRequireSignIn(next.RequireSignIn).SetMoveDevices(next.MoveDevices).
				SetBlockedDomains(next.BlockedDomains).SetAllowedDomains(next.AllowedDomains).SetProof(next.Proof).Save(ctx)
			return err
		}
		updated, err = tx.SitePolicy.UpdateOneID(next.ID).SetInvitations(next.Invitations).SetRequireSignIn(next.RequireSignIn).SetMoveDevices(next.MoveDevices).
			SetBlockedDomains(next.BlockedDomains).SetAllowedDomains(next.AllowedDomains).SetProof(next.Proof).Save(ctx)
		return err
	})
	return updated, err
}

// assignRules normalises typed domain rules for storage: ASCII, sorted, each once.
func assignRules(to *[]string, typed []string, field string) error {
	if typed == nil {
		return nil
	}
	if len(typed) > maxDomainRules {
		return problem.New(problem.InvalidValue).At(field).Saying(fmt.Sprintf("Enter at most %d domains.", maxDomainRules))
	}
	rules := make([]string, 0, len(typed))
	for _, t := range typed {
		rule, ok := text.NormalizeDomainRule(t)
		if !ok {
			return problem.New(problem.InvalidValue).At(field).Saying("Enter each rule as a domain, such as example.com.")
		}
		rules = append(rules, rule)
	}
	slices.Sort(rules)
	*to = slices.Compact(rules)
	return nil
}
