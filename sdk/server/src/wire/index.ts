/** The service's objects by the names that merchants know, all of them from its OpenAPI document. */
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

export type Admission = Schemas["StatusView"];
export type AdmissionToComplete = Schemas["CompleteAnyBody"];
export type AdmissionToDeny = Schemas["DenyAnyBody"];
export type AdmissionToExtend = Schemas["ExtendAnyBody"];
export type AdmissionToValidate = Schemas["ValidateAnyBody"];
export type Consumer = Schemas["ConsumerView"];
export type ConsumerChanges = Schemas["ConsumerChanges"];
export type ExchangeCode = Schemas["AuthorizeView"];
export type Experience = Schemas["ExperienceView"];
export type ExperienceChanges = Schemas["ExperienceChanges"];
export type ExperienceCopy = Schemas["CopyBody"];
export type ExternalIdentity = Schemas["AuthorizeBody"];
export type FieldProblem = Schemas["FieldProblem"];
export type ImportRun = Schemas["ImportView"];
export type Metrics = Schemas["MetricsView"];
export type NewConsumer = Schemas["ConsumerBody"];
export type NewExperience = Schemas["ExperienceBody"];
export type NewOrder = Schemas["OrderBody"];
export type NewProduct = Schemas["ProductBody"];
export type Order = Schemas["OrderView"];
export type OrderChange = Schemas["OrderChange"];
export type Problem = Schemas["Problem"];
export type Product = Schemas["ProductView"];
export type ProductChanges = Schemas["ProductChanges"];
export type PublishedExperience = Schemas["PublishedView"];
export type Validity = Schemas["ValidityView"];
