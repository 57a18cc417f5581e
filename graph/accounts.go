package graph

import (
	"context"
	"strings"

	"usher/auth"
	"usher/ent"
	"usher/graph/model"
	"usher/people"
	"usher/problem"
	"usher/room"
	words "usher/text"
)

// account returns an asker with an account. Returns problem.ErrForbidden to guests, who have none, and problem.ErrUnauthenticated to
// others.
func (r *Resolver) account(ctx context.Context) (auth.Actor, error) {
	actor := auth.From(ctx)
	if actor.User != nil {
		return actor, nil
	}
	guest, err := r.Services.Rooms.HasCredential(ctx, actor)
	switch {
	case err != nil:
		return actor, err
	case guest:
		return actor, problem.ErrForbidden
	}
	return actor, problem.ErrUnauthenticated
}

func (r *Resolver) accounts() people.Accounts { return people.Accounts{Directory: r.People} }

func (r *Resolver) self() people.Self { return people.Self{Directory: r.People} }

func (r *Resolver) passwordLinks() people.PasswordLinks {
	return people.PasswordLinks{Directory: r.People}
}

// accountOf shows an account to administrators. Its id is not its user's, because caches such as Relay's keep one object for an id.
func accountOf(u *ent.User) *model.Account {
	return &model.Account{
		ID: "a" + strings.TrimPrefix(u.ID, "u"), User: &room.User{User: u, EmailShown: true, RoleShown: true},
		Disabled: u.DisabledAt != nil, HasPassword: u.PasswordHash != "", LastSeenAt: u.SeenAt,
	}
}

// passwordLink returns a link's address.
func (r *Resolver) passwordLink(link people.PasswordLink) *model.PasswordLink {
	return &model.PasswordLink{URL: r.AboutSite.PublicURL + people.PasswordPath + link.Token, ExpiresAt: link.ExpiresAt}
}

// mailPassword emails the person of an account a link that sets their password, if the administrator wants that.
func (r *Resolver) mailPassword(ctx context.Context, actor auth.Actor, userID string, send bool, language *room.Language) (*room.Mail, error) {
	if !send {
		return nil, nil
	}
	return r.Services.Letters.MailPassword(ctx, actor, userID, language)
}

// suggestion returns the address that may be meant, or nil.
func suggestion(normal string) *string {
	meant := words.Suggest(normal)
	if meant == "" {
		return nil
	}
	return &meant
}

func accountConnection(l room.List[*model.Account]) *model.AccountConnection {
	return &model.AccountConnection{
		Nodes: l.Nodes, PageInfo: pageInfo(l), TotalCount: l.Total,
		Edges: edges(l, func(c string, n *model.Account) *model.AccountEdge { return &model.AccountEdge{Cursor: c, Node: n} }),
	}
}
