package graph

import (
	"context"
	"usher/auth"
	"usher/ent"
	"usher/graph/generated"
	"usher/graph/model"
	"usher/room"
)

func (r *mutationResolver) UpdateSitePolicy(ctx context.Context, input room.SitePolicyInput) (model.SitePolicyResult, error) {
	policy, err := r.Services.Policy.Update(ctx, auth.From(ctx), input)
	return answer[model.SitePolicyResult](model.SitePolicySuccess{SitePolicy: policy}, err)
}

func (r *queryResolver) SitePolicy(ctx context.Context) (*ent.SitePolicy, error) {
	return r.Services.Policy.Get(ctx, auth.From(ctx))
}

func (r *queryResolver) SiteAbout(ctx context.Context) (*room.About, error) {
	return r.Services.Policy.About(ctx, auth.From(ctx))
}

func (r *queryResolver) Program(ctx context.Context) (*model.Program, error) {
	if _, err := auth.From(ctx).SignedIn(); err != nil {
		return nil, err
	}
	return &model.Program{Version: r.AboutSite.Version, Graphiql: r.AboutSite.GraphiQL}, nil
}

func (r *queryResolver) NeedsSetUp(ctx context.Context) (bool, error) {
	return r.People.Empty(ctx)
}

func (r *siteAboutResolver) Version(ctx context.Context, obj *room.About) (string, error) {
	return r.AboutSite.Version, nil
}

func (r *Resolver) SiteAbout() generated.SiteAboutResolver { return &siteAboutResolver{r} }

type siteAboutResolver struct{ *Resolver }
