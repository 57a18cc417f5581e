package room

import (
	"context"
	"fmt"
	"time"

	"entgo.io/ent/dialect/sql"

	"usher/auth"
	"usher/ent"
	"usher/ent/mail"
	"usher/ent/user"
	"usher/live"
	"usher/people"
	"usher/problem"
	"usher/text"
)

// Passwords by email (R10). An email about a forgotten password has the same row whether or not the address has an account. So nobody
// learns which addresses have one, neither by the answer nor by its time. The sender drops what is for nobody.

// The rates of emails about passwords hold at all servers together.
var (
	// passwordsToAddress limits the emails about a forgotten password to one email address.
	passwordsToAddress = auth.SharedRate{Name: "emails about passwords to an address", Limit: 3, Per: time.Hour}
	// passwordsByClient limits the emails about forgotten passwords that one network address asks for.
	passwordsByClient = auth.SharedRate{Name: "emails about passwords by a client", Limit: 30, Per: time.Hour}
	// passwordsByAdmins limits the emails that administrators send to one account.
	passwordsByAdmins = auth.SharedRate{Name: "emails about passwords by administrators", Limit: 3, Per: time.Hour}
)

// ForgotPassword emails a link that sets a new password, if the address has an account that is not disabled. Returns when the link stops
// working, for any address. Returns MAIL_OFF, INVALID_EMAIL, or TOO_MANY_ATTEMPTS.
func (s *Letters) ForgotPassword(ctx context.Context, actor auth.Actor, typed string, language *Language) (ends time.Time, err error) {
	if err := s.options.Mailing.refuse(true); err != nil {
		return ends, err
	}
	address, wrong := text.ReadAddress(typed)
	if wrong != nil {
		return ends, problem.New(problem.InvalidEmail).At("email").Saying(wrong.Message)
	}
	err = mailPassword(ctx, s.core, func(tx *live.Tx) error {
		row := tx.Mail.Create().SetKind(mail.KindPassword).SetLanguage(string(s.options.Mailing.languageOr(language))).SetAt(tx.At).SetDueAt(tx.At)
		u, err := tx.User.Query().Where(user.Email(address.Normal)).Only(ctx)
		switch {
		case err == nil:
			row.SetUserID(u.ID)
		case !ent.IsNotFound(err):
			return fmt.Errorf("read account: %w", err)
		}
		ends = tx.At.Add(people.NewPasswordTerm)
		return wrapped("write email", row.Exec(ctx))
	}, auth.Use{Of: passwordsByClient, Key: actor.Address}, auth.Use{Of: passwordsToAddress, Key: address.Normal})
	return ends, err
}

// mailPassword counts an email in the transaction that writes it. Returns TOO_MANY_ATTEMPTS.
func mailPassword(ctx context.Context, s *core, write func(tx *live.Tx) error, uses ...auth.Use) error {
	wait, err := s.rates.Allow(ctx, write, uses...)
	if err != nil || wait == 0 {
		return err
	}
	return problem.New(problem.TooManyAttempts).Retry(s.now().Add(wait)).Then(problem.Wait).
		Saying("Too many emails were asked for. Look into your mailbox, or try again later.")
}

// MayMailPassword returns MAIL_OFF if an administrator asks a site for an email that sends none, before anything is done. Returns
// problem.ErrForbidden to others who ask for one.
func (s *Letters) MayMailPassword(ctx context.Context, actor auth.Actor, send bool) error {
	if !send {
		return nil
	}
	if err := s.adminOnly(ctx, actor); err != nil {
		return err
	}
	return s.options.Mailing.refuse(true)
}

// MailPassword emails the person of an account a link that sets their password, for an administrator. Returns MAIL_OFF,
// ACCOUNT_DISABLED, TOO_MANY_ATTEMPTS, problem.ErrNotFound, or problem.ErrForbidden unless the asker is an administrator.
func (s *Letters) MailPassword(ctx context.Context, actor auth.Actor, userID string, language *Language) (*Mail, error) {
	if err := s.MayMailPassword(ctx, actor, true); err != nil {
		return nil, err
	}
	var asked *ent.Mail
	err := mailPassword(ctx, s.core, func(tx *live.Tx) error {
		u, err := auth.LockUser(ctx, tx, userID)
		switch {
		case ent.IsNotFound(err):
			return problem.ErrNotFound
		case err != nil:
			return err
		case u.DisabledAt != nil:
			return problem.New(problem.AccountDisabled).Then(problem.ContactAdmin).Saying("This account is disabled. Enable it first.")
		}
		n, err := tx.Mail.Query().Where(mail.AskedBy(actor.UserID()), mail.AtGT(tx.At.Add(-mailDay)), mail.StateNEQ(mail.StateDropped)).Count(ctx)
		if err != nil {
			return fmt.Errorf("count emails of administrator: %w", err)
		}
		row := tx.Mail.Create().SetKind(mail.KindPassword).SetUserID(u.ID).SetAskedBy(actor.UserID()).
			SetLanguage(string(s.options.Mailing.languageOr(language))).SetAt(tx.At).SetDueAt(tx.At)
		if n >= s.options.Mailing.PerManager {
			row.SetState(mail.StateDropped).SetFault(string(FaultTooMany))
		}
		asked, err = row.Save(ctx)
		return wrapped("write email", err)
	}, auth.Use{Of: passwordsByAdmins, Key: userID})
	if err != nil {
		return nil, err
	}
	return &Mail{Mail: asked}, nil
}

// PasswordMails reads the newest email about the password of each account.
func PasswordMails(ctx context.Context, s *Rows, userIDs []string) (map[string]*ent.Mail, error) {
	rows, err := s.db.Mail.Query().Where(mail.UserIDIn(userIDs...), mail.KindEQ(mail.KindPassword), newestOfAccount).All(ctx)
	return ent.ByKey(rows, err, "emails", func(m *ent.Mail) string { return *m.UserID })
}

// newestOfAccount keeps the last email of its kind to each account. Somebody may have asked for hundreds.
func newestOfAccount(s *sql.Selector) {
	newer := sql.Table(mail.Table).As("newer")
	same := func(field string) *sql.Predicate { return sql.ColumnsEQ(newer.C(field), s.C(field)) }
	s.Where(sql.NotExists(sql.Dialect(s.Dialect()).Select(newer.C(mail.FieldID)).From(newer).Where(sql.And(
		same(mail.FieldUserID), same(mail.FieldKind),
		sql.Or(sql.ColumnsGT(newer.C(mail.FieldAt), s.C(mail.FieldAt)), sql.And(same(mail.FieldAt), sql.ColumnsGT(newer.C(mail.FieldID), s.C(mail.FieldID)))),
	))))
}

func (m Mailing) languageOr(chosen *Language) Language {
	if chosen != nil {
		return *chosen
	}
	return m.Language
}

// readPassword returns what an email with a password link says. The link's time counts from when it was asked for. So a copy that is
// sent after a crash has the same link.
func (s *Letters) readPassword(ctx context.Context, m *ent.Mail) (*Letter, MailFault, error) {
	if m.UserID == nil {
		return nil, FaultNotNeeded, nil
	}
	u, err := s.db.User.Get(ctx, *m.UserID)
	if ent.IsNotFound(err) || err == nil && (u.DisabledAt != nil || text.IsErased(u.Email)) {
		return nil, FaultNotNeeded, nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("read account: %w", err)
	}
	ends := m.At.Add(people.NewPasswordTerm)
	if m.AskedBy != "" {
		ends = m.At.Add(people.FirstPasswordTerm)
	}
	if !s.now().Before(ends) {
		return nil, FaultTooLate, nil
	}
	link := people.PasswordLinks{Directory: s.options.People}.Ending(u, ends)
	return &Letter{
		Kind: m.Kind, Language: Language(m.Language), Site: s.options.Mailing.SiteName, RoomURL: s.options.Mailing.PublicURL,
		Address: deliverable(u.EmailTyped, u.Email), Name: text.FullName(u.FirstName, u.LastName), TimeZone: "UTC",
		Link: s.options.Mailing.PublicURL + people.PasswordPath + link.Token, WorksUntil: &ends, Forgotten: m.AskedBy == "", At: s.now(),
	}, "", nil
}
