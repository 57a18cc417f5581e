package graph

import (
	"context"
	"usher/auth"
	"usher/ent"
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
