extension OccupationCatalogue {
    static let services: [CatalogueOccupation] = [
        CatalogueOccupation(
            "4-01-06-01", "电子商务师", .commerce,
            majors: ["530701 电子商务", "530702 跨境电子商务", "530703 移动商务"], specialisations: ["网商", "跨境电子商务师"]),
        CatalogueOccupation(
            "4-01-06-02", "互联网营销师", .commerce,
            majors: ["530704 网络营销与直播电商", "530605 市场营销", "560202 广播影视节目制作"],
            specialisations: ["选品员", "直播销售员", "视频创推员", "平台管理员"]),
        CatalogueOccupation(
            "4-01-02-06", "连锁经营管理师", .commerce,
            majors: ["530602 连锁经营与管理", "530601 工商企业管理", "530603 商务管理"]),
        CatalogueOccupation(
            "4-07-03-04", "企业人力资源管理师", .commerce,
            majors: ["590202 人力资源管理", "590201 民政服务与管理", "590206 行政管理"]),
        CatalogueOccupation(
            "4-05-03-02", "客户服务管理员", .commerce,
            majors: ["530501 国际经济与贸易", "530302 大数据与会计", "530201 金融服务与管理"]),
        CatalogueOccupation(
            "4-10-01-03", "保育师", .care,
            majors: ["570102 学前教育", "570101 早期教育", "520802 婴幼儿托育服务与管理"]),
        CatalogueOccupation(
            "4-10-01-05", "养老护理员", .care,
            majors: ["590302 智慧健康养老服务与管理", "520201 护理", "520803 老年保健与管理"]),
        CatalogueOccupation(
            "4-14-02-01", "公共营养师", .care,
            majors: ["520805 医学营养", "490104 食品营养与健康", "520702 公共卫生管理"]),
        CatalogueOccupation(
            "4-14-02-02", "健康管理师", .care,
            majors: ["520801 健康管理", "520703 预防医学", "520202 助产"]),
        CatalogueOccupation(
            "4-14-03-06", "康复治疗辅助员", .care,
            majors: ["520601 康复治疗技术", "520417 中医康复技术", "520403 针灸推拿"]),
        CatalogueOccupation(
            "4-03-02-01", "中式烹调师", .catering,
            majors: ["540202 烹饪工艺与营养", "540201 餐饮智能管理", "540206 中餐烹饪"]),
        CatalogueOccupation(
            "4-03-02-02", "中式面点师", .catering,
            majors: ["540203 中西面点工艺", "490103 食品加工技术", "490101 食品智能加工技术"]),
        CatalogueOccupation(
            "4-03-02-07", "茶艺师", .catering,
            majors: ["540109 茶艺与茶文化", "540101 旅游管理", "410109 茶叶生产与加工技术"]),
        CatalogueOccupation(
            "4-03-02-05", "餐厅服务员", .catering,
            majors: ["540106 酒店管理与数字化运营", "540110 智慧景区开发与管理", "500304 国际邮轮乘务管理"]),
    ]
}
